resource "slipway_labeling_project" "digits" {
  name   = "digits"
  labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
}
