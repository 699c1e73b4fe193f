terraform {
  required_version = ">= 1.9"
  required_providers {
    helm = {
      source = "hashicorp/helm"
      # Only what every version since 1.3 understands is used.
      version = ">= 1.3.2"
    }
  }
}
