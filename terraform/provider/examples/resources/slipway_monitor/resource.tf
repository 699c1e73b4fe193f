resource "slipway_monitor" "digits" {
  name    = "digits in production"
  model   = slipway_model.digits.id
  channel = slipway_channel.production.name
}
