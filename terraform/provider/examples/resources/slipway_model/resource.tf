resource "slipway_model" "digits" {
  name        = "digits"
  description = "Reads handwritten digits"
  tags        = { team = "vision" }
}
