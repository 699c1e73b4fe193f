package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var (
	_ resource.ResourceWithImportState = &monitorResource{}
	_ resource.ResourceWithModifyPlan  = &monitorResource{}
)

type monitorResource struct{ connectedResource }

type monitorModel struct {
	ID      types.String `tfsdk:"id"`
	Name    types.String `tfsdk:"name"`
	Model   types.String `tfsdk:"model"`
	Channel types.String `tfsdk:"channel"`
}

type monitor struct {
	named
	Created long
	Model   *named
	Channel string
}

const monitorFields = `{ id name created model { id } channel }`

func newMonitorResource() resource.Resource { return &monitorResource{} }

func (r *monitorResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_monitor"
}

func (r *monitorResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Watches for drift what a model sees and says in production. Slipway neither changes nor deletes a monitor, so " +
			"destroying only lets Terraform forget it. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The monitor's global id."),
			"name": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 200)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				MarkdownDescription: "Unique in the workspace. A change makes another monitor.",
			},
			"model": schema.StringAttribute{
				Required: true, MarkdownDescription: "The global id of the model whose predictions are logged. It can't be changed.",
			},
			"channel": schema.StringAttribute{
				Required: true, MarkdownDescription: "The channel whose release is in production. It can't be changed.",
			},
		},
	}
}

// ModifyPlan refuses what would only fail when it is applied.
func (r *monitorResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}
	var plan, state monitorModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if plan.Name.Equal(state.Name) && !(plan.Model.Equal(state.Model) && plan.Channel.Equal(state.Channel)) {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "A monitor can't be changed",
			"Its reports are about the model and channel it has. Give the monitor of another model or channel another name.")
	}
}

func (r *monitorResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan monitorModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	name := plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "monitor", name) {
		return
	}
	// The mutation gives what is there, so only the list tells whether it was.
	found, err := r.find(ctx, name)
	if err != nil {
		fail(&resp.Diagnostics, "look for the monitor '"+name+"'", err)
		return
	}
	if found != nil {
		if !adopts(&resp.Diagnostics, "monitor", name, name, found.is(plan), found.Created) {
			return
		}
		plan.ID = types.StringValue(found.ID)
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
		return
	}
	var data struct{ CreateMonitor monitor }
	err = r.client.Ask(ctx, `mutation ($name: String!, $model: ID!, $channel: String!) {
		createMonitor(input: { name: $name, model: $model, channel: $channel }) `+monitorFields+` }`,
		client.Variables{"name": name, "model": plan.Model.ValueString(), "channel": plan.Channel.ValueString()}, &data)
	if err != nil {
		fail(&resp.Diagnostics, "make the monitor '"+name+"'", err)
		return
	}
	made := data.CreateMonitor
	if !made.is(plan) && !adopts(&resp.Diagnostics, "monitor", name, name, false, made.Created) {
		return
	}
	plan.ID = types.StringValue(made.ID)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (m *monitor) is(wanted monitorModel) bool {
	return m.Model != nil && m.Model.ID == wanted.Model.ValueString() && m.Channel == wanted.Channel.ValueString()
}

// find gives a monitor by its name; nil if there is none.
func (r *monitorResource) find(ctx context.Context, name string) (*monitor, error) {
	var match *monitor
	err := pages(func(after *string) (bool, pageInfo, error) {
		var data struct {
			Monitors struct {
				Nodes    []monitor
				PageInfo pageInfo
			}
		}
		err := r.client.Ask(ctx, `query ($after: String) { monitors(first: 1000, after: $after) { nodes `+monitorFields+`
			pageInfo { hasNextPage endCursor } } }`, client.Variables{"after": after}, &data)
		for i := range data.Monitors.Nodes {
			if data.Monitors.Nodes[i].Name == name {
				match = &data.Monitors.Nodes[i]
			}
		}
		return match != nil, data.Monitors.PageInfo, err
	})
	return match, err
}

func (r *monitorResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state monitorModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	var data struct{ Monitor *monitor }
	err := r.client.Ask(ctx, `query ($id: ID!) { monitor(id: $id) `+monitorFields+` }`, client.Variables{"id": state.ID.ValueString()}, &data)
	if err != nil {
		fail(&resp.Diagnostics, "read the monitor '"+state.Name.ValueString()+"'", err)
		return
	}
	if data.Monitor == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	state.Name, state.Channel = types.StringValue(data.Monitor.Name), types.StringValue(data.Monitor.Channel)
	if data.Monitor.Model != nil {
		state.Model = types.StringValue(data.Monitor.Model.ID)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update is never asked: what may change at all makes another monitor.
func (r *monitorResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (r *monitorResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state monitorModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	left(&resp.Diagnostics, "monitor", state.Name.ValueString())
}

func (r *monitorResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.find(ctx, req.ID)
	if err != nil {
		fail(&resp.Diagnostics, "import the monitor '"+req.ID+"'", err)
		return
	}
	if found == nil {
		notFound(&resp.Diagnostics, "monitor", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.ID)...)
}
