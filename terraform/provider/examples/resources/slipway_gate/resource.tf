resource "slipway_gate" "digits" {
  model             = slipway_model.digits.id
  minimum_accuracy  = 0.95
  maximum_file_size = 5000000
  targets           = ["TFLITE"]
}
