package provider

import (
	"context"
	"maps"
	"net/http"
	"slices"

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

var _ resource.ResourceWithImportState = &modelResource{}

type modelResource struct{ connectedResource }

type modelModel struct {
	ID           types.String `tfsdk:"id"`
	Name         types.String `tfsdk:"name"`
	Description  types.String `tfsdk:"description"`
	Tags         types.Map    `tfsdk:"tags"`
	ForceDestroy types.Bool   `tfsdk:"force_destroy"`
}

// model is one as the server tells of it.
type model struct {
	named
	Created     long
	Deleted     *long
	Description *string
	Tags        []struct{ Key, Value string }
	Versions    struct{ Nodes []named }
}

const modelFields = `{ id name created deleted description tags { key value } versions(first: 1) { nodes { id } } }`

func newModelResource() resource.Resource { return &modelResource{} }

func (r *modelResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_model"
}

func (r *modelResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A registered model: the name under which versions are registered, judged and released. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"id": idAttribute("The model's global id."),
			"name": schema.StringAttribute{
				Required:            true,
				Validators:          []validator.String{stringvalidator.LengthBetween(1, 250)},
				MarkdownDescription: "Unique in the workspace, without `/` and `:`. A change renames the model, unless a channel delivers it.",
			},
			"description": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(""),
				MarkdownDescription: "What it is, for people.",
			},
			"tags": schema.MapAttribute{
				Optional:            true,
				ElementType:         types.StringType,
				MarkdownDescription: "The tags that Terraform manages; others, such as those of MLflow's clients, are left alone.",
			},
			"force_destroy": schema.BoolAttribute{
				Optional:            true,
				Computed:            true,
				Default:             booldefault.StaticBool(false),
				MarkdownDescription: "Whether the model may be deleted while it has versions, which are deleted with it. Default: `false`.",
			},
		},
	}
}

// find gives a model by its name; nil if there is none.
func (c *connection) findModel(ctx context.Context, name string) (*model, error) {
	var data struct{ ModelNamed *model }
	err := c.client.Ask(ctx, `query ($name: String!) { modelNamed(name: $name) `+modelFields+` }`, client.Variables{"name": name}, &data)
	return data.ModelNamed, err
}

// getModel gives a model by its id; nil if there is none, or it was deleted.
func (c *connection) getModel(ctx context.Context, id string) (*model, error) {
	var data struct{ Model *model }
	err := c.client.Ask(ctx, `query ($id: ID!) { model(id: $id) `+modelFields+` }`, client.Variables{"id": id}, &data)
	if err != nil || data.Model == nil || data.Model.Deleted != nil {
		return nil, err
	}
	return data.Model, nil
}

func (m *model) tags() map[string]string {
	tags := map[string]string{}
	for _, tag := range m.Tags {
		tags[tag.Key] = tag.Value
	}
	return tags
}

func (m *model) description() string {
	if m.Description == nil {
		return ""
	}
	return *m.Description
}

func (r *modelResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan modelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	tags := asMap(ctx, &resp.Diagnostics, plan.Tags)
	name := plan.Name.ValueString()
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "model", name) {
		return
	}
	type tag struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
	asked := []tag{}
	for key, value := range tags {
		asked = append(asked, tag{key, value})
	}
	err := r.client.MLflow(ctx, http.MethodPost, "registered-models/create", map[string]any{
		"name": name, "description": plan.Description.ValueString(), "tags": asked,
	}, nil)
	exists := client.KindOf(err) == client.Conflict
	if err != nil && !exists {
		fail(&resp.Diagnostics, "make the model '"+name+"'", err)
		return
	}
	made, err := r.findModel(ctx, name)
	if err != nil || made == nil {
		failOrGone(&resp.Diagnostics, "read the model '"+name+"'", err)
		return
	}
	if exists {
		asAsked := made.description() == plan.Description.ValueString() && maps.Equal(made.tags(), tags) && len(made.Versions.Nodes) == 0
		if !adopts(&resp.Diagnostics, "model", name, name, asAsked, made.Created) {
			return
		}
	}
	plan.ID = types.StringValue(made.ID)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (r *modelResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state modelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.getModel(ctx, state.ID.ValueString())
	if err != nil {
		fail(&resp.Diagnostics, "read the model '"+state.Name.ValueString()+"'", err)
		return
	}
	if found == nil {
		resp.State.RemoveResource(ctx)
		return
	}
	state.Name, state.Description = types.StringValue(found.Name), types.StringValue(found.description())
	if !state.Tags.IsNull() {
		managed, all := asMap(ctx, &resp.Diagnostics, state.Tags), found.tags()
		for key := range managed {
			if value, there := all[key]; there {
				managed[key] = value
			} else {
				delete(managed, key)
			}
		}
		tags, problems := types.MapValueFrom(ctx, types.StringType, managed)
		resp.Diagnostics.Append(problems...)
		state.Tags = tags
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *modelResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state modelModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before, after := asMap(ctx, &resp.Diagnostics, state.Tags), asMap(ctx, &resp.Diagnostics, plan.Tags)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := r.change(ctx, state, plan, before, after); err != nil {
		fail(&resp.Diagnostics, "change the model '"+state.Name.ValueString()+"'", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// change makes the model as planned. Each step can be repeated, so what fails in the middle is mended by the next apply.
func (r *modelResource) change(ctx context.Context, state, plan modelModel, before, after map[string]string) error {
	var ignored any
	if !plan.Name.Equal(state.Name) {
		err := r.client.MLflow(ctx, http.MethodPost, "registered-models/rename",
			map[string]any{"name": state.Name.ValueString(), "new_name": plan.Name.ValueString()}, nil)
		if err != nil {
			return err
		}
	}
	id := plan.ID.ValueString()
	if !plan.Description.Equal(state.Description) {
		err := r.client.Ask(ctx, `mutation ($model: ID!, $description: String) {
			describeModel(input: { model: $model, description: $description }) { id } }`,
			client.Variables{"model": id, "description": plan.Description.ValueString()}, &ignored)
		if err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, stays := after[key]; stays {
			continue
		}
		err := r.client.Ask(ctx, `mutation ($model: ID!, $key: String!) { deleteModelTag(input: { model: $model, key: $key }) { id } }`,
			client.Variables{"model": id, "key": key}, &ignored)
		if err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(after)) {
		if value, there := before[key]; there && value == after[key] {
			continue
		}
		err := r.client.Ask(ctx, `mutation ($model: ID!, $key: String!, $value: String!) {
			setModelTag(input: { model: $model, key: $key, value: $value }) { id } }`,
			client.Variables{"model": id, "key": key, "value": after[key]}, &ignored)
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *modelResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state modelModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := r.getModel(ctx, state.ID.ValueString())
	if err == nil && found != nil {
		if len(found.Versions.Nodes) > 0 && !state.ForceDestroy.ValueBool() {
			resp.Diagnostics.AddError("The model '"+found.Name+"' has versions",
				"They would be deleted with it. Set force_destroy = true and apply, and then destroy it, if that is what you want.")
			return
		}
		err = r.client.MLflow(ctx, http.MethodDelete, "registered-models/delete", map[string]any{"name": found.Name}, nil)
	}
	if err != nil && client.KindOf(err) != client.NotFound {
		fail(&resp.Diagnostics, "delete the model '"+state.Name.ValueString()+"'", err)
	}
}

func (r *modelResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.findModel(ctx, req.ID)
	if err != nil {
		fail(&resp.Diagnostics, "import the model '"+req.ID+"'", err)
		return
	}
	if found == nil {
		notFound(&resp.Diagnostics, "model", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), found.ID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("force_destroy"), false)...)
}

func asMap(ctx context.Context, diags *diag.Diagnostics, value types.Map) map[string]string {
	texts := map[string]string{}
	if !value.IsNull() && !value.IsUnknown() {
		diags.Append(value.ElementsAs(ctx, &texts, false)...)
	}
	return texts
}

// failOrGone tells of an error, or, without one, that what was just made is gone.
func failOrGone(diags *diag.Diagnostics, what string, err error) {
	if err != nil {
		fail(diags, what, err)
		return
	}
	diags.AddError("Can't "+what, "It was deleted in the meantime. Apply again.")
}
