package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var _ resource.ResourceWithImportState = &triggerResource{}

type triggerResource struct{ connectedResource }

type triggerModel struct {
	ID              types.String `tfsdk:"id"`
	Name            types.String `tfsdk:"name"`
	Monitor         types.String `tfsdk:"monitor"`
	Pipeline        types.String `tfsdk:"pipeline"`
	CooldownSeconds types.Int64  `tfsdk:"cooldown_seconds"`
}

type trigger struct {
	named
	Created           long
	Monitor, Pipeline *named
	CooldownSeconds   long
}

type triggerPage struct {
	Nodes    []trigger
	PageInfo pageInfo
}

const triggerFields = `{ id name created monitor { id } pipeline { id } cooldownSeconds }`

func newTriggerResource() resource.Resource { return &triggerResource{} }

func (r *triggerResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_trigger"
}

func (r *triggerResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Starts a pipeline when a monitor raises an alert. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The trigger's global id."),
			"name": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 200)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				MarkdownDescription: "Unique in the workspace. A change makes another trigger.",
			},
			"monitor":  schema.StringAttribute{Required: true, MarkdownDescription: "The global id of the monitor whose alerts fire it."},
			"pipeline": schema.StringAttribute{Required: true, MarkdownDescription: "The global id of the pipeline it starts."},
			"cooldown_seconds": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(0),
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
				MarkdownDescription: "No second start within this time of the last. Default: 0.",
			},
		},
	}
}

func (r *triggerResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan triggerModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	name := plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "trigger", name) {
		return
	}
	// Saving changes one that is there, so it is looked for first.
	found, err := r.find(ctx, func(one trigger) bool { return one.Name == name })
	if err != nil {
		fail(&resp.Diagnostics, "look for the trigger '"+name+"'", err)
		return
	}
	if found != nil && !adopts(&resp.Diagnostics, "trigger", name, name, found.is(plan), found.Created) {
		return
	}
	if r.save(ctx, &resp.Diagnostics, &plan) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

func (t *trigger) is(wanted triggerModel) bool {
	return t.Monitor != nil && t.Monitor.ID == wanted.Monitor.ValueString() && t.Pipeline != nil &&
		t.Pipeline.ID == wanted.Pipeline.ValueString() && int64(t.CooldownSeconds) == wanted.CooldownSeconds.ValueInt64()
}

func (r *triggerResource) save(ctx context.Context, diags *diag.Diagnostics, plan *triggerModel) bool {
	var data struct{ SaveTrigger named }
	err := r.client.Ask(ctx, `mutation ($name: String!, $monitor: ID!, $pipeline: ID!, $cooldown: Long!) {
		saveTrigger(input: { name: $name, monitor: $monitor, pipeline: $pipeline, cooldownSeconds: $cooldown }) { id } }`,
		client.Variables{
			"name": plan.Name.ValueString(), "monitor": plan.Monitor.ValueString(), "pipeline": plan.Pipeline.ValueString(),
			"cooldown": plan.CooldownSeconds.ValueInt64(),
		}, &data)
	if err != nil {
		fail(diags, "save the trigger '"+plan.Name.ValueString()+"'", err)
		return false
	}
	plan.ID = types.StringValue(data.SaveTrigger.ID)
	return true
}

// find gives the first trigger that fits; nil if there is none.
func (r *triggerResource) find(ctx context.Context, fits func(trigger) bool) (*trigger, error) {
	var match *trigger
	err := pages(func(after *string) (bool, pageInfo, error) {
		var data struct {
			Monitors struct {
				Nodes []struct {
					ID       string
					Triggers triggerPage
				}
				PageInfo pageInfo
			}
		}
		err := r.client.Ask(ctx, `query ($after: String) { monitors(first: 50, after: $after) {
			nodes { id triggers(first: 50) { nodes `+triggerFields+` pageInfo { hasNextPage endCursor } } }
			pageInfo { hasNextPage endCursor } } }`, client.Variables{"after": after}, &data)
		for _, one := range data.Monitors.Nodes {
			if err == nil && match == nil {
				match, err = r.among(ctx, one.ID, one.Triggers, fits)
			}
		}
		return match != nil, data.Monitors.PageInfo, err
	})
	return match, err
}

// among looks through the triggers of a monitor, of which there is the first page already.
func (r *triggerResource) among(ctx context.Context, monitor string, page triggerPage, fits func(trigger) bool) (*trigger, error) {
	for {
		for i := range page.Nodes {
			if fits(page.Nodes[i]) {
				return &page.Nodes[i], nil
			}
		}
		if !page.PageInfo.HasNextPage {
			return nil, nil
		}
		var data struct {
			Monitor struct{ Triggers triggerPage }
		}
		err := r.client.Ask(ctx, `query ($id: ID!, $after: String) { monitor(id: $id) { triggers(first: 1000, after: $after) {
			nodes `+triggerFields+` pageInfo { hasNextPage endCursor } } } }`,
			client.Variables{"id": monitor, "after": page.PageInfo.EndCursor}, &data)
		if err != nil {
			return nil, err
		}
		page = data.Monitor.Triggers
	}
}

func (r *triggerResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state triggerModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.find(ctx, func(one trigger) bool { return one.ID == state.ID.ValueString() })
	if err != nil {
		fail(&resp.Diagnostics, "read the trigger '"+state.Name.ValueString()+"'", err)
		return
	}
	if found == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	state.Name, state.CooldownSeconds = types.StringValue(found.Name), types.Int64Value(int64(found.CooldownSeconds))
	if found.Monitor != nil {
		state.Monitor = types.StringValue(found.Monitor.ID)
	}
	if found.Pipeline != nil {
		state.Pipeline = types.StringValue(found.Pipeline.ID)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *triggerResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan triggerModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if r.save(ctx, &resp.Diagnostics, &plan) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

func (r *triggerResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state triggerModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var ignored any
	err := r.client.Ask(ctx, `mutation ($trigger: ID!) { deleteTrigger(trigger: $trigger) { id } }`,
		client.Variables{"trigger": state.ID.ValueString()}, &ignored)
	if err != nil && client.KindOf(err) != client.NotFound {
		fail(&resp.Diagnostics, "delete the trigger '"+state.Name.ValueString()+"'", err)
	}
}

func (r *triggerResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.find(ctx, func(one trigger) bool { return one.Name == req.ID })
	if err != nil {
		fail(&resp.Diagnostics, "import the trigger '"+req.ID+"'", err)
		return
	}
	if found == nil {
		notFound(&resp.Diagnostics, "trigger", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.ID)...)
}
