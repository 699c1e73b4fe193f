package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/float64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

var _ resource.ResourceWithImportState = &gateResource{}

type gateResource struct{ connectedResource }

type gateModel struct {
	Model               types.String  `tfsdk:"model"`
	MinimumAccuracy     types.Float64 `tfsdk:"minimum_accuracy"`
	MaximumParityError  types.Float64 `tfsdk:"maximum_parity_error"`
	MaximumFileSize     types.Int64   `tfsdk:"maximum_file_size"`
	MaximumAccuracyLoss types.Float64 `tfsdk:"maximum_accuracy_loss"`
	Targets             types.Set     `tfsdk:"targets"`
	TestSet             types.String  `tfsdk:"test_set"`
}

// policy is a model's, as the server writes and reads it.
type policy struct {
	MinimumAccuracy     float64  `json:"minimumAccuracy"`
	MaximumParityError  float64  `json:"maximumParityError"`
	MaximumFileSize     long     `json:"maximumFileSize"`
	MaximumAccuracyLoss float64  `json:"maximumAccuracyLoss"`
	Targets             []string `json:"targets"`
}

// usualPolicy is what the server gives a new model.
var usualPolicy = policy{0.9, 1e-4, 50_000_000, 0.01, []string{"TFLITE", "ORT"}}

func newGateResource() resource.Resource { return &gateResource{} }

func (r *gateResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "slipway_gate"
}

func (r *gateResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	share := func(usual float64, what string) schema.Float64Attribute {
		return schema.Float64Attribute{
			Optional: true, Computed: true, Default: float64default.StaticFloat64(usual),
			Validators: []validator.Float64{float64validator.Between(0, 1)}, MarkdownDescription: what,
		}
	}
	targets := make([]attr.Value, len(usualPolicy.Targets))
	for i, target := range usualPolicy.Targets {
		targets[i] = types.StringValue(target)
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "What the versions of a model are judged by before they are released, from their next judgement on. A model has " +
			"one policy: manage it by one resource. Destroying puts the usual policy back. Needs the role `engineer`.",
		Attributes: map[string]schema.Attribute{
			"model": schema.StringAttribute{
				Required: true, MarkdownDescription: "The model's global id.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"minimum_accuracy": share(usualPolicy.MinimumAccuracy, "On the pinned test set, 0 to 1. Default: 0.9."),
			"maximum_parity_error": schema.Float64Attribute{
				Optional: true, Computed: true, Default: float64default.StaticFloat64(usualPolicy.MaximumParityError),
				Validators:          []validator.Float64{float64validator.AtLeast(0)},
				MarkdownDescription: "The greatest absolute error of any file against the ONNX model. Default: 0.0001.",
			},
			"maximum_file_size": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(int64(usualPolicy.MaximumFileSize)),
				Validators:          []validator.Int64{int64validator.AtLeast(1)},
				MarkdownDescription: "Of any file, in bytes. Default: 50,000,000.",
			},
			"maximum_accuracy_loss": share(usualPolicy.MaximumAccuracyLoss,
				"How much less accurate than the version in production a version may be, 0 to 1. Default: 0.01."),
			"targets": schema.SetAttribute{
				Optional: true, Computed: true, ElementType: types.StringType,
				Default: setdefault.StaticValue(types.SetValueMust(types.StringType, targets)),
				Validators: []validator.Set{
					setvalidator.ValueStringsAre(stringvalidator.OneOf("TFLITE", "ORT", "TVM")),
				},
				MarkdownDescription: "The files that a version must have: `TFLITE`, `ORT`, `TVM`. Default: `TFLITE` and `ORT`.",
			},
			"test_set": schema.StringAttribute{
				Optional: true, Computed: true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
				MarkdownDescription: "The global id of the dataset version on whose test split all versions are judged. Without it the pinned " +
					"one stays, which is that of the first version judged.",
			},
		},
	}
}

func (r *gateResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan gateModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !r.fresh(&resp.Diagnostics, "gate of the model", plan.Model.ValueString()) {
		return
	}
	if r.save(ctx, &resp.Diagnostics, &plan) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

func (r *gateResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan gateModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if r.save(ctx, &resp.Diagnostics, &plan) {
		resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
	}
}

func (r *gateResource) save(ctx context.Context, diags *diag.Diagnostics, plan *gateModel) bool {
	wanted := policy{
		MinimumAccuracy:     plan.MinimumAccuracy.ValueFloat64(),
		MaximumParityError:  plan.MaximumParityError.ValueFloat64(),
		MaximumFileSize:     long(plan.MaximumFileSize.ValueInt64()),
		MaximumAccuracyLoss: plan.MaximumAccuracyLoss.ValueFloat64(),
		Targets:             []string{},
	}
	diags.Append(plan.Targets.ElementsAs(ctx, &wanted.Targets, false)...)
	if diags.HasError() {
		return false
	}
	saved, err := r.set(ctx, plan.Model.ValueString(), wanted, plan.TestSet.ValueStringPointer())
	if err != nil {
		fail(diags, "set what the model is judged by", err)
		return false
	}
	plan.TestSet = types.StringPointerValue(saved)
	return true
}

// set gives the id of the pinned test set.
func (r *gateResource) set(ctx context.Context, model string, wanted policy, testSet *string) (*string, error) {
	var data struct {
		SetModelPolicy struct{ PinnedTestSet *named }
	}
	if testSet != nil && *testSet == "" {
		testSet = nil
	}
	err := r.client.Ask(ctx, `mutation ($model: ID!, $policy: GatePolicyInput, $testSet: ID) {
		setModelPolicy(input: { model: $model, policy: $policy, pinnedTestSet: $testSet }) { pinnedTestSet { id } } }`,
		client.Variables{"model": model, "policy": wanted, "testSet": testSet}, &data)
	if err != nil || data.SetModelPolicy.PinnedTestSet == nil {
		return nil, err
	}
	return &data.SetModelPolicy.PinnedTestSet.ID, nil
}

func (r *gateResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state gateModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.there(&resp.Diagnostics) {
		return
	}
	var data struct {
		Model *struct {
			Deleted       *long
			Policy        policy
			PinnedTestSet *named
		}
	}
	err := r.client.Ask(ctx, `query ($id: ID!) { model(id: $id) { deleted pinnedTestSet { id }
		policy { minimumAccuracy maximumParityError maximumFileSize maximumAccuracyLoss targets } } }`,
		client.Variables{"id": state.Model.ValueString()}, &data)
	if err != nil {
		fail(&resp.Diagnostics, "read what the model is judged by", err)
		return
	}
	if data.Model == nil || data.Model.Deleted != nil {
		resp.State.RemoveResource(ctx)
		return
	}
	found := data.Model.Policy
	targets, problems := types.SetValueFrom(ctx, types.StringType, found.Targets)
	resp.Diagnostics.Append(problems...)
	state.MinimumAccuracy = types.Float64Value(found.MinimumAccuracy)
	state.MaximumParityError = types.Float64Value(found.MaximumParityError)
	state.MaximumFileSize = types.Int64Value(int64(found.MaximumFileSize))
	state.MaximumAccuracyLoss = types.Float64Value(found.MaximumAccuracyLoss)
	state.Targets = targets
	state.TestSet = types.StringNull()
	if data.Model.PinnedTestSet != nil {
		state.TestSet = types.StringValue(data.Model.PinnedTestSet.ID)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

func (r *gateResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state gateModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	_, err := r.set(ctx, state.Model.ValueString(), usualPolicy, nil)
	if err != nil && client.KindOf(err) != client.NotFound {
		fail(&resp.Diagnostics, "put the usual policy of the model back", err)
	}
}

func (r *gateResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !r.there(&resp.Diagnostics) {
		return
	}
	found, err := r.findModel(ctx, req.ID)
	if err != nil {
		fail(&resp.Diagnostics, "import the gate of the model '"+req.ID+"'", err)
		return
	}
	if found == nil {
		notFound(&resp.Diagnostics, "model", req.ID)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("model"), found.ID)...)
}
