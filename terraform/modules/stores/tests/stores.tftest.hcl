mock_provider "helm" {}

run "all" {
  variables {
    arangodb           = { url = "https://a.example:8529,https://b.example:8529" }
    arangodb_password  = "hush-a"
    cassandra          = { contact_points = ["c.example:9042", "d.example:9042"], datacenter = "dc1", user = "slipway" }
    cassandra_password = "hush-c"
    s3                 = { url = "https://s3.example", bucket = "slipway", access_key = "key" }
    s3_secret_key      = "hush-s"
  }

  assert {
    condition     = output.values.cassandra.contactPoints == "c.example:9042,d.example:9042" && output.values.s3.existingSecret == "slipway-stores-s3"
    error_message = "The values are those of the chart."
  }
  assert {
    condition     = !strcontains(jsonencode(output.values), "hush")
    error_message = "The values tell a secret."
  }
  assert {
    condition     = yamldecode(nonsensitive(helm_release.secrets.values[0])).secrets.arangodb.password == "hush-a"
    error_message = "The Secret must hold the password."
  }
}

run "without_passwords" {
  variables {
    arangodb = { url = "http://arangodb:8529" }
  }

  assert {
    condition     = output.values.arangodb.existingSecret == "" && !can(output.values.s3)
    error_message = "Without a password there is no Secret, and what is not given is not set."
  }
}

run "refuses_credentials_in_addresses" {
  command = plan
  variables {
    arangodb  = { url = "http://root:secret@arangodb:8529" }
    s3        = { url = "https://s3.example/bucket", bucket = "slipway" }
    cassandra = { contact_points = ["cassandra"], datacenter = "dc1" }
  }
  expect_failures = [var.arangodb, var.s3, var.cassandra]
}

run "refuses_half_of_a_key" {
  command = plan
  variables {
    s3 = { url = "https://s3.example", bucket = "slipway", access_key = "key" }
  }
  expect_failures = [var.s3_secret_key]
}
