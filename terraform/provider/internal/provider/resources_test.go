package provider

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

// says matches a text wherever Terraform breaks its lines.
func says(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(regexp.QuoteMeta(text), " ", `[\s│]+`))
}

// planned checks what is to be done with a resource.
func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func TestAccModel(t *testing.T) {
	s := theDemo(t)
	first := s.configuration(`resource "slipway_model" "m" {
		name = "speech"
		description = "hears"
		tags = { team = "audio", old = "yes" }
	}`)
	second := s.configuration(`resource "slipway_model" "m" {
		name = "voice"
		tags = { team = "voice", new = "yes" }
	}`)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{
			Config: first,
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttrSet("slipway_model.m", "id"),
				resource.TestCheckResourceAttr("slipway_model.m", "tags.team", "audio"),
			),
		},
		{ResourceName: "slipway_model.m", ImportState: true, ImportStateId: "speech", ImportStateVerify: true, ImportStateVerifyIgnore: []string{"tags"}},
		{ResourceName: "slipway_model.m", ImportState: true, ImportStateId: "nobody", ExpectError: says("The server has no model 'nobody'")},
		{
			Config:           second,
			ConfigPlanChecks: planned("slipway_model.m", plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				var data struct{ ModelNamed *model }
				s.ask(t, `query ($name: String!) { modelNamed(name: $name) `+modelFields+` }`, client.Variables{"name": "voice"}, &data)
				if got := fmt.Sprint(data.ModelNamed.tags(), data.ModelNamed.description()); got != "map[new:yes team:voice]" {
					return fmt.Errorf("the server has %s", got)
				}
				return nil
			},
		},
		{
			// Changed by somebody else; a tag that Terraform does not manage stays.
			PreConfig: func() {
				id := s.modelID(t, "voice")
				var ignored any
				s.ask(t, `mutation ($id: ID!) {
					describeModel(input: { model: $id, description: "drifted" }) { id }
					setModelTag(input: { model: $id, key: "foreign", value: "x" }) { id }
					deleteModelTag(input: { model: $id, key: "team" }) { id } }`, client.Variables{"id": id}, &ignored)
			},
			Config:           second,
			ConfigPlanChecks: planned("slipway_model.m", plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				var data struct{ ModelNamed *model }
				s.ask(t, `query ($name: String!) { modelNamed(name: $name) `+modelFields+` }`, client.Variables{"name": "voice"}, &data)
				if got := fmt.Sprint(data.ModelNamed.tags(), data.ModelNamed.description()); got != "map[foreign:x new:yes team:voice]" {
					return fmt.Errorf("the server has %s", got)
				}
				return nil
			},
		},
		{
			PreConfig: func() {
				s.mlflow(t, http.MethodDelete, "registered-models/delete", map[string]any{"name": "voice"})
			},
			Config:           second,
			ConfigPlanChecks: planned("slipway_model.m", plancheck.ResourceActionCreate),
		},
	}})
}

func TestAccModelOfATakenName(t *testing.T) {
	s := theDemo(t)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{
			Config: s.configuration(`
				resource "slipway_model" "a" { name = "twins" }
				resource "slipway_model" "b" { name = "twins" }`),
			ExpectError: says("Another resource of this configuration is the model 'twins' already"),
		},
		{
			Config:      s.configuration(`resource "slipway_model" "c" { name = "digits" }`),
			ExpectError: says("import it: terraform import ADDRESS 'digits'"),
		},
		{
			Config:      s.configuration(`resource "slipway_model" "d" { name = "a/b" }`),
			ExpectError: says("can't name a model"),
		},
	}})
}

func TestAccModelWithVersions(t *testing.T) {
	s := theDemo(t)
	kept := s.configuration(`resource "slipway_model" "m" { name = "precious" }`)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: kept},
		{
			PreConfig: func() {
				s.mlflow(t, http.MethodPost, "model-versions/create", map[string]any{"name": "precious", "source": "s3://bucket/precious"})
			},
			Config:      s.configuration(""),
			ExpectError: says("The model 'precious' has versions"),
		},
		{Config: s.configuration("resource \"slipway_model\" \"m\" {\n name = \"precious\"\n force_destroy = true\n }")},
	}})
}

func TestAccGate(t *testing.T) {
	s := theDemo(t)
	const base = `resource "slipway_model" "m" { name = "gated" }
		resource "slipway_gate" "g" {
			model = slipway_model.m.id
			%s
		}`
	usual := s.configuration(fmt.Sprintf(base, ""))
	strict := s.configuration(fmt.Sprintf(base, `minimum_accuracy = 0.99
			maximum_file_size = 1000000
			targets = ["TFLITE"]`))
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: s.configuration(`resource "slipway_model" "m" { name = "gated" }`)},
		{
			// What the server gives a new model is what the resource takes for usual.
			ImportState: true, ImportStateId: "gated", ResourceName: "slipway_gate.g", ImportStatePersist: true, Config: usual,
		},
		{Config: usual, ConfigPlanChecks: planned("slipway_gate.g", plancheck.ResourceActionNoop)},
		{
			Config: strict,
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttr("slipway_gate.g", "minimum_accuracy", "0.99"),
				resource.TestCheckResourceAttr("slipway_gate.g", "maximum_parity_error", "0.0001"),
				resource.TestCheckResourceAttr("slipway_gate.g", "targets.#", "1"),
			),
		},
		{ResourceName: "slipway_gate.g", ImportState: true, ImportStateId: "gated", ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "model"},
		{ResourceName: "slipway_gate.g", ImportState: true, ImportStateId: "nobody", ExpectError: says("The server has no model 'nobody'")},
		{
			PreConfig: func() {
				var ignored any
				s.ask(t, `mutation ($id: ID!) { setModelPolicy(input: { model: $id, policy: { minimumAccuracy: 0.1,
					maximumParityError: 1, maximumFileSize: 5, maximumAccuracyLoss: 1, targets: [] } }) { id } }`,
					client.Variables{"id": s.modelID(t, "gated")}, &ignored)
			},
			Config:           strict,
			ConfigPlanChecks: planned("slipway_gate.g", plancheck.ResourceActionUpdate),
		},
		{
			Config:      s.configuration(fmt.Sprintf(base, `minimum_accuracy = 2`)),
			ExpectError: says("between 0.000000 and 1.000000"),
		},
		{
			// Destroyed, it leaves the usual policy.
			Config: s.configuration(`resource "slipway_model" "m" { name = "gated" }`),
			Check: func(*terraform.State) error {
				var data struct {
					ModelNamed struct{ Policy policy }
				}
				s.ask(t, `{ modelNamed(name: "gated") { policy { minimumAccuracy maximumFileSize } } }`, nil, &data)
				if got := data.ModelNamed.Policy; got.MinimumAccuracy != 0.9 || got.MaximumFileSize != 50_000_000 {
					return fmt.Errorf("the policy is %+v", got)
				}
				return nil
			},
		},
	}})
}

func TestAccChannel(t *testing.T) {
	s := theDemo(t)
	const digits = `
		data "slipway_model_version" "v" {
			model = "digits"
			number = %d
		}
		resource "slipway_gate" "g" {
			model = "%s"
			minimum_accuracy = 0.5
			maximum_accuracy_loss = 1
			maximum_parity_error = 0.001
			maximum_file_size = %d
		}
		resource "slipway_channel" "beta" {
			model = "%[2]s"
			name = "beta"
			model_version = data.slipway_model_version.v.id
			depends_on = [slipway_gate.g]
		}
		data "slipway_release" "r" {
			model = "digits"
			channel = slipway_channel.beta.name
			depends_on = [slipway_channel.beta]
		}
		data "slipway_manifest" "m" {
			model = "digits"
			channel = slipway_channel.beta.name
			depends_on = [slipway_channel.beta]
		}`
	id := ""
	if s != nil {
		id = s.modelID(t, "digits")
	}
	with := func(version, size int) string { return s.configuration(fmt.Sprintf(digits, version, id, size)) }
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: with(1, 10), ExpectError: says("gate size does not hold")},
		{
			// The failed release has left nothing, and once its cause is mended the same configuration can be applied.
			Config: with(1, 10_000_000),
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttr("slipway_channel.beta", "manifest_number", "1"),
				resource.TestCheckResourceAttrPair("slipway_channel.beta", "release", "data.slipway_release.r", "id"),
				resource.TestCheckResourceAttr("data.slipway_release.r", "version_number", "1"),
				resource.TestCheckResourceAttr("data.slipway_release.r", "files.#", "2"),
				resource.TestCheckResourceAttr("data.slipway_manifest.m", "number", "1"),
				resource.TestCheckResourceAttr("data.slipway_manifest.m", "version", "1"),
				resource.TestCheckResourceAttr("data.slipway_manifest.m", "classes.#", "10"),
				resource.TestCheckResourceAttrSet("data.slipway_manifest.m", "files.0.path"),
				resource.TestCheckResourceAttrSet("data.slipway_manifest.m", "jws"),
			),
		},
		{
			ResourceName: "slipway_channel.beta", ImportState: true, ImportStateId: "digits/beta", ImportStateVerify: true,
		},
		{ResourceName: "slipway_channel.beta", ImportState: true, ImportStateId: "digits/none", ExpectError: says("The server has no channel 'digits/none'")},
		{ResourceName: "slipway_channel.beta", ImportState: true, ImportStateId: "beta", ExpectError: says("imported by MODEL/CHANNEL")},
		{Config: with(2, 10_000_000), Check: resource.TestCheckResourceAttr("slipway_channel.beta", "manifest_number", "2")},
		{
			// Another release, such as a pipeline's, is planned back.
			PreConfig: func() {
				other := &channelResource{connectedResource{&connection{client: connected(t, s.url)}}}
				plan := channelModel{}
				plan.Model, plan.Name = text(id), text("beta")
				plan.ModelVersion, plan.TimeoutSeconds = text(s.version(t, 1)), number(300)
				found, err := other.find(t.Context(), id, "beta")
				if err == nil {
					err = other.start(t.Context(), &plan, found)
				}
				if err != nil {
					t.Fatal(err)
				}
			},
			Config:           with(2, 10_000_000),
			ConfigPlanChecks: planned("slipway_channel.beta", plancheck.ResourceActionUpdate),
			Check:            resource.TestCheckResourceAttr("slipway_channel.beta", "manifest_number", "4"),
		},
		{
			Config: with(2, 10_000_000) + `
				resource "slipway_channel" "taken" {
					model = "` + id + `"
					name = "production"
					model_version = "` + s.version(t, 1) + `"
				}`,
			ExpectError: says("There is a channel 'production' already"),
		},
		{Config: with(99, 10_000_000), ExpectError: says("The server has no version 99 of a model 'digits'")},
	}})
}

func TestAccLabelingProject(t *testing.T) {
	s := theDemo(t)
	const one = `resource "slipway_labeling_project" "p" {
		name = "%s"
		labels = ["cat", "dog"%s]
	}`
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: s.configuration(fmt.Sprintf(one, "pets", "")), Check: resource.TestCheckResourceAttr("slipway_labeling_project.p", "labels.1", "dog")},
		{ResourceName: "slipway_labeling_project.p", ImportState: true, ImportStateId: "pets", ImportStateVerify: true},
		{ResourceName: "slipway_labeling_project.p", ImportState: true, ImportStateId: "x", ExpectError: says("The server has no labeling project 'x'")},
		{Config: s.configuration(fmt.Sprintf(one, "pets", `, "bird"`)), ExpectError: says("The labels of a project can't be changed")},
		{
			Config:           s.configuration(fmt.Sprintf(one, "animals", `, "bird"`)),
			ConfigPlanChecks: planned("slipway_labeling_project.p", plancheck.ResourceActionReplace),
		},
		{Config: s.configuration(fmt.Sprintf(one, "digits", "")), ExpectError: says("There is a labeling project 'digits' already")},
		{Config: s.configuration(fmt.Sprintf(one, "pets2", `, "dog"`)), ExpectError: says("duplicate")},
	}})
}

func TestAccMonitorAndTrigger(t *testing.T) {
	s := theDemo(t)
	const both = `
		resource "slipway_model" "m" { name = "watched" }
		resource "slipway_monitor" "m" {
			name = "watch"
			model = slipway_model.m.id
			channel = "%s"
		}
		data "slipway_pipeline" "p" { name = "digits" }
		resource "slipway_trigger" "t" {
			name = "retrain"
			monitor = slipway_monitor.m.id
			pipeline = data.slipway_pipeline.p.id
			cooldown_seconds = %d
		}`
	with := func(channel string, cooldown int) string {
		return s.configuration(fmt.Sprintf(both, channel, cooldown))
	}
	deleted := func() {
		var data struct {
			Monitors struct {
				Nodes []struct{ Triggers triggerPage }
			}
		}
		s.ask(t, `{ monitors { nodes { triggers { nodes `+triggerFields+` } } } }`, nil, &data)
		for _, one := range data.Monitors.Nodes {
			for _, found := range one.Triggers.Nodes {
				if found.Name == "retrain" {
					var ignored any
					s.ask(t, `mutation ($t: ID!) { deleteTrigger(trigger: $t) { deleted } }`, client.Variables{"t": found.ID}, &ignored)
				}
			}
		}
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: with("production", 60), Check: resource.TestMatchResourceAttr("data.slipway_pipeline.p", "steps.#", regexp.MustCompile("^[1-9]$"))},
		{ResourceName: "slipway_trigger.t", ImportState: true, ImportStateId: "retrain", ImportStateVerify: true},
		{ResourceName: "slipway_trigger.t", ImportState: true, ImportStateId: "none", ExpectError: says("The server has no trigger 'none'")},
		{ResourceName: "slipway_monitor.m", ImportState: true, ImportStateId: "watch", ImportStateVerify: true},
		{ResourceName: "slipway_monitor.m", ImportState: true, ImportStateId: "none", ExpectError: says("The server has no monitor 'none'")},
		{Config: with("beta", 60), ExpectError: says("A monitor can't be changed")},
		{Config: with("production", 120), ConfigPlanChecks: planned("slipway_trigger.t", plancheck.ResourceActionUpdate)},
		{PreConfig: deleted, Config: with("production", 120), ConfigPlanChecks: planned("slipway_trigger.t", plancheck.ResourceActionCreate)},
		{
			Config: with("production", 120) + `
				resource "slipway_trigger" "same" {
					name = "retrain"
					monitor = slipway_monitor.m.id
					pipeline = data.slipway_pipeline.p.id
					cooldown_seconds = 7
				}`,
			ExpectError: says("There is a trigger 'retrain' already"),
		},
		{Config: s.configuration(`data "slipway_pipeline" "p" { name = "none" }`), ExpectError: says("The server has no pipeline 'none'")},
	}})
}

func TestAccWebhook(t *testing.T) {
	s := theDemo(t)
	const hook = `resource "slipway_webhook" "w" {
		name = "ci"
		url = "http://127.0.0.1:9/hook"
		events = ["model_version.created"%s]
		%s
	}`
	with := func(events, more string) string { return s.configuration(fmt.Sprintf(hook, events, more)) }
	hidden := func(state *terraform.State) error {
		if strings.Contains(fmt.Sprint(state), "hush") {
			return fmt.Errorf("the state holds the secret")
		}
		return nil
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: with("", "secret_wo = \"hush1\""), ExpectError: says("A secret needs a version")},
		{
			Config: with("", "secret_wo = \"hush1\"\nsecret_wo_version = 1"),
			Check: resource.ComposeAggregateTestCheckFunc(hidden,
				resource.TestCheckNoResourceAttr("slipway_webhook.w", "secret_wo"),
				resource.TestCheckResourceAttr("slipway_webhook.w", "active", "true")),
		},
		{ResourceName: "slipway_webhook.w", ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"secret_wo_version"}},
		{ResourceName: "slipway_webhook.w", ImportState: true, ImportStateId: "../runs", ExpectError: says("The server has no webhook '../runs'")},
		{
			Config:           with(`, "registered_model.created"`, "active = false\nsecret_wo = \"hush2\"\nsecret_wo_version = 2"),
			ConfigPlanChecks: planned("slipway_webhook.w", plancheck.ResourceActionUpdate),
			Check: resource.ComposeAggregateTestCheckFunc(hidden,
				resource.TestCheckResourceAttr("slipway_webhook.w", "events.#", "2")),
		},
		{Config: with("", "description = \"tells\""), Check: resource.TestCheckResourceAttr("slipway_webhook.w", "description", "tells")},
		{Config: with(`, "model.forgotten"`, ""), ExpectError: says("There is no event MODEL FORGOTTEN")},
		{
			Config: s.configuration(`resource "slipway_webhook" "x" {
				name = "x"
				url = "ftp://127.0.0.1"
				events = ["model_version.created"]
			}`),
			ExpectError: says("must be http:// or https://"),
		},
	}})
}

func TestAccToken(t *testing.T) {
	s := theDemo(t)
	config := s.configuration(`resource "slipway_token" "t" {
		name = "phones"
		role = "device"
		days = 30
	}`)
	var first string
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: s.configuration("resource \"slipway_token\" \"t\" {\n name = \"x\"\n role = \"service\"\n }"), ExpectError: says("value must be one of")},
		{
			Config: config,
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestMatchResourceAttr("slipway_token.t", "secret", regexp.MustCompile("^slw_")),
				resource.TestMatchResourceAttr("slipway_token.t", "expires", regexp.MustCompile("^20.*Z$")),
				resource.TestCheckResourceAttrWith("slipway_token.t", "id", func(id string) error {
					first = id
					return nil
				}),
			),
		},
		{ResourceName: "slipway_token.t", ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"secret"}},
		{ResourceName: "slipway_token.t", ImportState: true, ImportStateId: "nonsense", ExpectError: says("is no global id")},
		{
			PreConfig: func() {
				var ignored any
				s.ask(t, `mutation ($t: ID!) { revokeToken(token: $t) { id } }`, client.Variables{"t": first}, &ignored)
			},
			Config:           config,
			ConfigPlanChecks: planned("slipway_token.t", plancheck.ResourceActionCreate),
		},
	}})
}

func TestAccDataSources(t *testing.T) {
	s := theDemo(t)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{
			Config: s.configuration(`
				data "slipway_model_version" "newest" { model = "digits" }
				data "slipway_model_version" "alias" {
					model = "digits"
					alias = "production"
				}
				data "slipway_release" "first" {
					model = "digits"
					number = 1
				}
				data "slipway_viewer" "me" {}`),
			Check: resource.ComposeAggregateTestCheckFunc(
				resource.TestCheckResourceAttr("data.slipway_model_version.newest", "number", "2"),
				resource.TestCheckResourceAttrPair("data.slipway_model_version.newest", "id", "data.slipway_model_version.alias", "id"),
				resource.TestCheckResourceAttr("data.slipway_model_version.newest", "files.#", "2"),
				resource.TestCheckResourceAttr("data.slipway_model_version.newest", "gates_passed", "true"),
				resource.TestCheckResourceAttr("data.slipway_release.first", "version_number", "1"),
				resource.TestCheckResourceAttr("data.slipway_viewer.me", "workspace", "default"),
			),
		},
		{
			Config:      s.configuration("data \"slipway_model_version\" \"v\" {\n model = \"digits\"\n alias = \"none\"\n }"),
			ExpectError: says("The server has no alias 'none' of a model 'digits'"),
		},
		{Config: s.configuration(`data "slipway_release" "r" { model = "none" }`), ExpectError: says("The server has no release of a model 'none'")},
		{
			Config:      s.configuration("data \"slipway_manifest\" \"m\" {\n model = \"digits\"\n channel = \"none\"\n }"),
			ExpectError: says("[delivery.unknown-channel]"),
		},
		{
			Config:      s.configuration("data \"slipway_manifest\" \"m\" {\n model = \"digits\"\n channel = \"production\"\n key_set = \"{\\\"keys\\\":[]}\"\n }"),
			ExpectError: says("which is none of the key set"),
		},
	}})
}
