package provider

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var (
	_ resource.ResourceWithImportState      = &webhookResource{}
	_ resource.ResourceWithConfigValidators = &webhookResource{}

	eventPattern = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)
)

type webhookResource struct{ connectedResource }

type webhookModel struct {
	ID            types.String `tfsdk:"id"`
	Name          types.String `tfsdk:"name"`
	Description   types.String `tfsdk:"description"`
	URL           types.String `tfsdk:"url"`
	Events        types.Set    `tfsdk:"events"`
	Active        types.Bool   `tfsdk:"active"`
	Secret        types.String `tfsdk:"secret_wo"`
	SecretVersion types.Int64  `tfsdk:"secret_wo_version"`
}

type webhookEvent struct {
	Entity string `json:"entity"`
	Action string `json:"action"`
}

type webhook struct {
	ID          string         `json:"webhook_id"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	URL         string         `json:"url"`
	Events      []webhookEvent `json:"events"`
	Status      string         `json:"status"`
	Created     long           `json:"creation_timestamp"`
}

func newWebhookResource() resource.Resource { return &webhookResource{} }

func (r *webhookResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_webhook"
}

func (r *webhookResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Tells another server of changes in the registry, signed as MLflow signs. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The webhook's id."),
			"name": schema.StringAttribute{
				Required:   true,
				Validators: []validator.String{stringvalidator.LengthBetween(1, 63)},
				MarkdownDescription: "1 to 63 letters, digits, `.`, `_` and `-`. The server allows several of one name; this provider makes none " +
					"with a name that is there.",
			},
			"description": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(""),
				Validators:          []validator.String{stringvalidator.LengthAtMost(1000)},
				MarkdownDescription: "What it is for, for people.",
			},
			"url": schema.StringAttribute{
				Required: true, Validators: []validator.String{stringvalidator.LengthBetween(1, 500)},
				MarkdownDescription: "Where to tell it: `http://` or `https://`, without user and password. Private addresses are refused unless " +
					"the server's `slipway.webhooks.private-addresses` is set.",
			},
			"events": schema.SetAttribute{
				Required: true, ElementType: types.StringType,
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.ValueStringsAre(stringvalidator.RegexMatches(eventPattern, "must be as model_version.created")),
				},
				MarkdownDescription: "What to tell of, such as `registered_model.created`, `model_version.created`, `model_version_tag.set`, " +
					"`model_version_alias.created`; the server names all of them when it refuses one.",
			},
			"active": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(true),
				MarkdownDescription: "Whether it is told of anything. Default: `true`.",
			},
			"secret_wo": schema.StringAttribute{
				Optional: true, Sensitive: true, WriteOnly: true,
				Validators: []validator.String{stringvalidator.LengthBetween(1, 1000)},
				MarkdownDescription: "What deliveries are signed with. Written only: it stands neither in the plan nor in the state, so a change is " +
					"seen by `secret_wo_version` alone. Needs Terraform 1.11.",
			},
			"secret_wo_version": schema.Int64Attribute{
				Optional:            true,
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("secret_wo"))},
				MarkdownDescription: "Change it to have `secret_wo` written again. Without both, a webhook has no secret.",
			},
		},
	}
}

// ConfigValidators asks for a version with a secret, without which no change of it would ever be written.
func (r *webhookResource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{secretNeedsVersion{}}
}

type secretNeedsVersion struct{}

func (secretNeedsVersion) Description(context.Context) string {
	return "secret_wo goes with secret_wo_version"
}

func (v secretNeedsVersion) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (secretNeedsVersion) ValidateResource(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config webhookModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !config.Secret.IsNull() && config.SecretVersion.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("secret_wo_version"), "A secret needs a version",
			"secret_wo is not in the state, so a change of it is only seen by secret_wo_version: set it to 1, and to another number with each change.")
	}
}

// wish is what the server is asked for; nil for a secret that stays.
func (m *webhookModel) wish(ctx context.Context, diags *diag.Diagnostics, secret *string) map[string]any {
	var labels []string
	diags.Append(m.Events.ElementsAs(ctx, &labels, false)...)
	slices.Sort(labels)
	events := []webhookEvent{}
	for _, label := range labels {
		entity, action, _ := strings.Cut(label, ".")
		events = append(events, webhookEvent{strings.ToUpper(entity), strings.ToUpper(action)})
	}
	status := "DISABLED"
	if m.Active.ValueBool() {
		status = "ACTIVE"
	}
	wish := map[string]any{
		"name": m.Name.ValueString(), "description": m.Description.ValueString(), "url": m.URL.ValueString(), "events": events, "status": status,
	}
	if secret != nil {
		wish["secret"] = *secret
	}
	return wish
}

func (r *webhookResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan, config webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	name := plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "webhook", name) {
		return
	}
	wish := plan.wish(ctx, &resp.Diagnostics, config.Secret.ValueStringPointer())
	found, err := r.find(ctx, name)
	if err != nil {
		fail(&resp.Diagnostics, "look for the webhook '"+name+"'", err)
		return
	}
	method, where := http.MethodPost, "webhooks"
	if found != nil {
		if !adopts(&resp.Diagnostics, "webhook", name, found.ID, found.URL == plan.URL.ValueString(), found.Created) {
			return
		}
		// Nobody can read whether the secret is ours, so all of it is written.
		method, where = http.MethodPatch, "webhooks/"+found.ID
		if config.Secret.IsNull() {
			wish["secret"] = ""
		}
	}
	var data struct{ Webhook webhook }
	if err := r.client.MLflow(ctx, method, where, wish, &data); err != nil {
		fail(&resp.Diagnostics, "make the webhook '"+name+"'", err)
		return
	}
	plan.ID = types.StringValue(data.Webhook.ID)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// find gives a webhook by its name; nil if there is none.
func (r *webhookResource) find(ctx context.Context, name string) (*webhook, error) {
	token := ""
	for {
		var data struct {
			Webhooks []webhook `json:"webhooks"`
			Next     string    `json:"next_page_token"`
		}
		err := r.client.MLflow(ctx, http.MethodGet, "webhooks?max_results=1000&page_token="+url.QueryEscape(token), nil, &data)
		if err != nil {
			return nil, err
		}
		for i := range data.Webhooks {
			if data.Webhooks[i].Name == name {
				return &data.Webhooks[i], nil
			}
		}
		if data.Next == "" {
			return nil, nil
		}
		token = data.Next
	}
}

func (r *webhookResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	var data struct{ Webhook webhook }
	err := r.client.MLflow(ctx, http.MethodGet, "webhooks/"+url.PathEscape(state.ID.ValueString()), nil, &data)
	if client.KindOf(err) == client.NotFound {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		fail(&resp.Diagnostics, "read the webhook '"+state.Name.ValueString()+"'", err)
		return
	}
	found := data.Webhook
	labels := []string{}
	for _, event := range found.Events {
		labels = append(labels, strings.ToLower(event.Entity+"."+event.Action))
	}
	events, problems := types.SetValueFrom(ctx, types.StringType, labels)
	resp.Diagnostics.Append(problems...)
	state.Name, state.Description = types.StringValue(found.Name), types.StringValue(found.Description)
	state.URL, state.Events, state.Active = types.StringValue(found.URL), events, types.BoolValue(found.Status == "ACTIVE")
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *webhookResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state, config webhookModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	var secret *string
	if !plan.SecretVersion.Equal(state.SecretVersion) {
		// Without one, the empty text takes the secret away.
		text := config.Secret.ValueString()
		secret = &text
	}
	wish := plan.wish(ctx, &resp.Diagnostics, secret)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := r.client.MLflow(ctx, http.MethodPatch, "webhooks/"+plan.ID.ValueString(), wish, nil); err != nil {
		fail(&resp.Diagnostics, "change the webhook '"+plan.Name.ValueString()+"'", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *webhookResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state webhookModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	err := r.client.MLflow(ctx, http.MethodDelete, "webhooks/"+state.ID.ValueString(), nil, nil)
	if err != nil && client.KindOf(err) != client.NotFound {
		fail(&resp.Diagnostics, "delete the webhook '"+state.Name.ValueString()+"'", err)
	}
}

func (r *webhookResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	var data struct{ Webhook webhook }
	err := r.client.MLflow(ctx, http.MethodGet, "webhooks/"+url.PathEscape(req.ID), nil, &data)
	if client.KindOf(err) == client.NotFound {
		notFound(&resp.Diagnostics, "webhook", req.ID)
		return
	}
	if err != nil {
		fail(&resp.Diagnostics, "import the webhook '"+req.ID+"'", err)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), data.Webhook.ID)...)
}
