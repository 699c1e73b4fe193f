package provider

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

func text(value string) types.String { return types.StringValue(value) }

func number(value int64) types.Int64 { return types.Int64Value(value) }

func connected(t *testing.T, endpoint string) *client.Client {
	t.Helper()
	made, err := client.New(client.Config{Endpoint: endpoint, Retry: time.Minute, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// version gives the global id of a version of the demo's model.
func (s *server) version(t *testing.T, number int64) string {
	t.Helper()
	versions := &modelVersionDataSource{connectedDataSource{&connection{client: connected(t, s.url)}}}
	found, err := versions.numbered(t.Context(), "digits", number)
	if err != nil || found == nil {
		t.Fatalf("version %d: %v", number, err)
	}
	return found.ID
}

// What the server made before it was gone is found by the next apply, and nothing is made twice.
func TestAccServerThatGoesDownInTheMiddle(t *testing.T) {
	s := theDemo(t)
	for what, one := range map[string]struct{ lost, body, address, count string }{
		"model": {
			"registered-models/create", "resource \"slipway_model\" \"x\" {\n name = \"lost\"\n description = \"d\"\n tags = { a = \"b\" }\n }",
			"slipway_model.x", `{ models(first: 1000) { nodes { name } } }`,
		},
		"project": {
			"createProject", "resource \"slipway_labeling_project\" \"x\" {\n name = \"lost\"\n labels = [\"a\", \"b\"]\n }",
			"slipway_labeling_project.x", `{ projects(first: 1000) { nodes { name } } }`,
		},
		"monitor": {
			"createMonitor",
			fmt.Sprintf("resource \"slipway_monitor\" \"x\" {\n name = \"lost\"\n model = %q\n channel = \"production\"\n }", s.modelID(t, "digits")),
			"slipway_monitor.x", `{ monitors(first: 1000) { nodes { name } } }`,
		},
		"webhook": {
			"\"url\":\"http://127.0.0.1:9/lost\"",
			"resource \"slipway_webhook\" \"x\" {\n name = \"lost\"\n url = \"http://127.0.0.1:9/lost\"\n events = [\"model_version.created\"]\n }",
			"slipway_webhook.x", "",
		},
		"channel": {
			"releaseVersion",
			fmt.Sprintf("resource \"slipway_channel\" \"x\" {\n name = \"lost\"\n model = %q\n model_version = %q\n }", s.modelID(t, "digits"), s.version(t, 2)),
			"slipway_channel.x", "",
		},
	} {
		t.Run(what, func(t *testing.T) {
			between := before(t, s)
			config := configured(between.URL, "", one.body)
			resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
				{PreConfig: between.breakAt(one.lost), Config: config, ExpectError: says("No answer from")},
				{
					PreConfig:        between.mend,
					Config:           config,
					ConfigPlanChecks: planned(one.address, plancheck.ResourceActionCreate),
				},
				{Config: config, ConfigPlanChecks: planned(one.address, plancheck.ResourceActionNoop)},
				{
					PreConfig: func() { s.onlyOneLost(t, what, one.count) },
					Config:    config,
				},
			}})
		})
	}
}

// onlyOneLost fails the test unless there is exactly one thing called "lost".
func (s *server) onlyOneLost(t *testing.T, what, query string) {
	t.Helper()
	count := 0
	switch {
	case query != "":
		data := map[string]struct{ Nodes []named }{}
		s.ask(t, query, nil, &data)
		for _, page := range data {
			for _, one := range page.Nodes {
				if one.Name == "lost" {
					count++
				}
			}
		}
	case what == "webhook":
		var data struct{ Webhooks []webhook }
		if err := connected(t, s.url).MLflow(t.Context(), http.MethodGet, "webhooks?max_results=1000", nil, &data); err != nil {
			t.Fatal(err)
		}
		for _, one := range data.Webhooks {
			if one.Name == "lost" {
				count++
			}
		}
	default:
		found, err := (&channelResource{connectedResource{&connection{client: connected(t, s.url)}}}).find(t.Context(), s.modelID(t, "digits"), "lost")
		if err != nil {
			t.Fatal(err)
		}
		count = int(found.ManifestNumber)
	}
	if count != 1 {
		t.Errorf("the server has %d of the %s", count, what)
	}
}

func TestAccTokensAndRoles(t *testing.T) {
	s := must(t, guarded)
	model := `resource "slipway_model" "m" { name = "guarded" }`
	token := "resource \"slipway_token\" \"t\" {\n name = \"x\"\n role = \"viewer\"\n }"
	as := func(role string) string { return fmt.Sprintf("token = %q", s.token(t, role)) }
	engineer := as("engineer")
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: configured(s.url, "", model), ExpectError: says("must be one that is neither expired nor revoked")},
		{Config: configured(s.url, `token = "slw_wrong"`, model), ExpectError: says("This token is not known")},
		{Config: configured(s.url, as("viewer"), model), ExpectError: says("The token's role is not enough")},
		{Config: configured(s.url, engineer, token), ExpectError: says("slipway_token needs admin")},
		{Config: configured(s.url, engineer+"\n  workspace = \"elsewhere\"", model), ExpectError: says("This token is not known in workspace elsewhere")},
		{Config: configured(s.url, engineer, model)},
		{
			Config: configured(s.url, engineer, model+"\ndata \"slipway_viewer\" \"me\" {}"),
			Check:  resource.TestCheckResourceAttr("data.slipway_viewer.me", "subject", "token:acceptance"),
		},
	}})
}

func TestAccTokenOfAnAdmin(t *testing.T) {
	s := must(t, guarded)
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{{
		Config: configured(s.url, fmt.Sprintf("token = %q", s.token(t, "admin")), "resource \"slipway_token\" \"t\" {\n name = \"x\"\n role = \"viewer\"\n }"),
		Check:  resource.TestCheckResourceAttrSet("slipway_token.t", "secret"),
	}}})
}

func TestAccWrongAddresses(t *testing.T) {
	s := theDemo(t)
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	model := `resource "slipway_model" "m" { name = "nowhere" }`
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: []resource.TestStep{
		{Config: configured(other.URL, "", model), ExpectError: says("is not Slipway (HTTP 404)")},
		{Config: configured(gone.URL, "", model), ExpectError: says("Is the address right, and is the server up?")},
		{Config: configured("slipway.example", "", model), ExpectError: says("'slipway.example' is no address of a server")},
		{Config: configured(s.url+"/nothing", "", model), ExpectError: says("is not served here; check the address")},
		{Config: configured(s.url, `ca_file = "missing.pem"`, model), ExpectError: says("the file of certificate authorities can't be read")},
	}})
}
