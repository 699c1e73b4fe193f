data "slipway_pipeline" "retrain" {
  name = "digits"
}
