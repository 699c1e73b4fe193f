mock_provider "helm" {}

variables {
  image_repository = "registry.example.org/slipway"
}

run "standalone" {
  command = plan

  assert {
    condition     = fileexists("${helm_release.slipway.chart}/Chart.yaml")
    error_message = "The chart of this repository is the default."
  }
  assert {
    condition     = yamldecode(helm_release.slipway.values[0]).mode == "standalone" && yamldecode(helm_release.slipway.values[0]).ingress.enabled == false
    error_message = "One pod, which only the cluster reaches."
  }
  assert {
    condition     = output.endpoint == "http://slipway-standalone.slipway.svc:8080"
    error_message = "The one pod's Service is the public address."
  }
  assert {
    condition     = helm_release.slipway.atomic && helm_release.slipway.wait
    error_message = "What does not get ready must be taken back."
  }
}

run "distributed_behind_an_ingress" {
  command = plan
  variables {
    name       = "edge"
    mode       = "distributed"
    host       = "slipway.example.org"
    tls_secret = "slipway-tls"
    stores = {
      arangodb  = { url = "http://arangodb:8529" }
      cassandra = { contactPoints = "cassandra:9042", datacenter = "dc1" }
      s3        = { url = "http://minio:9000", bucket = "slipway", existingSecret = "s3" }
    }
    values = { services = { registry = { replicas = 1 } } }
  }

  assert {
    condition     = yamldecode(helm_release.slipway.values[1]).stores.s3.existingSecret == "s3"
    error_message = "The stores must reach the chart."
  }
  assert {
    condition     = yamldecode(helm_release.slipway.values[0]).ingress.tls[0].hosts == ["slipway.example.org"]
    error_message = "The certificate is for the host."
  }
  assert {
    condition     = output.endpoint == "https://slipway.example.org" && strcontains(output.token_command, "deployment/edge-gateway")
    error_message = "It is reached by its name, and the first token is made by the gateway."
  }
}

run "distributed_needs_stores" {
  command = plan
  variables {
    mode   = "distributed"
    stores = { arangodb = { url = "http://arangodb:8529" } }
  }
  expect_failures = [var.mode]
}

run "refuses_what_can_not_be" {
  command = plan
  variables {
    name        = "Slipway"
    volume_size = "20"
  }
  expect_failures = [var.name, var.volume_size]
}
