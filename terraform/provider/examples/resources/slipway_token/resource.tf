resource "slipway_token" "phones" {
  name = "phones"
  role = "device"
  days = 365

  lifecycle {
    create_before_destroy = true
  }
}
