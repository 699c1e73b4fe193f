package provider

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var _ resource.ResourceWithImportState = &tokenResource{}

type tokenResource struct{ connectedResource }

type tokenModel struct {
	ID      types.String `tfsdk:"id"`
	Name    types.String `tfsdk:"name"`
	Role    types.String `tfsdk:"role"`
	Days    types.Int64  `tfsdk:"days"`
	Secret  types.String `tfsdk:"secret"`
	Expires types.String `tfsdk:"expires"`
}

type token struct {
	named
	Role             string
	Created, Expires long
	Revoked          bool
}

func newTokenResource() resource.Resource { return &tokenResource{} }

func (r *tokenResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_token"
}

func (r *tokenResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{
		MarkdownDescription: "An API token. Its secret stands in Terraform's state: keep that encrypted and to few. One that has expired or was " +
			"revoked is planned anew; use `create_before_destroy` to change it without a gap. Destroying revokes it at once. Needs the role `admin`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The token's global id."),
			"name": schema.StringAttribute{
				Required: true, PlanModifiers: replaced,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 100)},
				MarkdownDescription: "Who will use it, for people: printable ASCII characters. It need not be unique.",
			},
			"role": schema.StringAttribute{
				Required: true, PlanModifiers: replaced,
				Validators:          []validator.String{stringvalidator.OneOf("viewer", "labeller", "engineer", "admin", "device")},
				MarkdownDescription: "What its bearer may do: `viewer`, `labeller`, `engineer`, `admin`, or `device` for phones.",
			},
			"days": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(90),
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.RequiresReplace()},
				Validators:          []validator.Int64{int64validator.Between(1, 3650)},
				MarkdownDescription: "Days until it expires, 1 to 3650. Default: 90.",
			},
			"secret": schema.StringAttribute{
				Computed: true, Sensitive: true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				MarkdownDescription: "What a client sends as `Authorization: Bearer …`. Not known of an imported token: the server never shows it again.",
			},
			"expires": schema.StringAttribute{
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				MarkdownDescription: "When it expires, as RFC 3339 in UTC.",
			},
		},
	}
}

func (r *tokenResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan tokenModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.Name.ValueString()
	var data struct {
		CreateToken struct {
			ID, Secret string
			Token      *token
		}
	}
	err := r.client.AskOnce(ctx, `mutation ($name: String!, $role: Role!, $days: Int!) {
		createToken(input: { name: $name, role: $role, days: $days }) { id secret token { expires } } }`,
		client.Variables{"name": name, "role": strings.ToUpper(plan.Role.ValueString()), "days": plan.Days.ValueInt64()}, &data)
	if client.Unanswered(err) {
		resp.Diagnostics.AddError("Can't make the token '"+name+"'", err.Error()+"\n\nThe server may have made one whose secret nobody knows. "+
			"It does no harm, and expires by itself. Apply again once the server is up.")
		return
	}
	if err != nil {
		fail(&resp.Diagnostics, "make the token '"+name+"'", err)
		return
	}
	made := data.CreateToken
	plan.ID, plan.Secret, plan.Expires = types.StringValue(made.ID), types.StringValue(made.Secret), types.StringNull()
	if made.Token != nil {
		plan.Expires = expiry(made.Token.Expires)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func expiry(time_ long) types.String {
	return types.StringValue(time.UnixMilli(int64(time_)).UTC().Format(time.RFC3339))
}

func (r *tokenResource) get(ctx context.Context, id string) (*token, error) {
	var data struct{ Token *token }
	err := r.client.Ask(ctx, `query ($id: ID!) { token(id: $id) { id name role created expires revoked } }`, client.Variables{"id": id}, &data)
	return data.Token, err
}

func (r *tokenResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state tokenModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.get(ctx, state.ID.ValueString())
	if err != nil {
		fail(&resp.Diagnostics, "read the token '"+state.Name.ValueString()+"'", err)
		return
	}
	if found == nil || found.Revoked || time.Now().After(time.UnixMilli(int64(found.Expires))) {
		resp.State.RemoveResource(ctx)
		return
	}
	state.Name, state.Role = types.StringValue(found.Name), types.StringValue(strings.ToLower(found.Role))
	state.Expires = expiry(found.Expires)
	state.Days = types.Int64Value(int64(found.Expires-found.Created) / (24 * time.Hour).Milliseconds())
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update is never asked: every change makes another token.
func (r *tokenResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (r *tokenResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state tokenModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var ignored any
	err := r.client.Ask(ctx, `mutation ($token: ID!) { revokeToken(token: $token) { id } }`,
		client.Variables{"token": state.ID.ValueString()}, &ignored)
	if err != nil && client.KindOf(err) != client.NotFound {
		fail(&resp.Diagnostics, "revoke the token '"+state.Name.ValueString()+"'", err)
	}
}

func (r *tokenResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.get(ctx, req.ID)
	if err != nil {
		fail(&resp.Diagnostics, "import the token '"+req.ID+"'", err)
		return
	}
	if found == nil || found.Revoked {
		notFound(&resp.Diagnostics, "token", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.ID)...)
}
