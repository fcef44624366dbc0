"""How the encoder's weights were made: ``python -m training prepare | train | evaluate | export``.

Not installed with the toolkit; wants the ``training`` extra (torch, safetensors, onnx).
"""
