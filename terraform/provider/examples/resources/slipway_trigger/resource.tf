data "slipway_pipeline" "retrain" {
  name = "digits"
}

resource "slipway_trigger" "drift" {
  name             = "retrain on drift"
  monitor          = slipway_monitor.digits.id
  pipeline         = data.slipway_pipeline.retrain.id
  cooldown_seconds = 86400
}
