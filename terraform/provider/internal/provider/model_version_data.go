package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

type modelVersionDataSource struct{ connectedDataSource }

type modelVersionModel struct {
	Model       types.String `tfsdk:"model"`
	Number      types.Int64  `tfsdk:"number"`
	Alias       types.String `tfsdk:"alias"`
	ID          types.String `tfsdk:"id"`
	Description types.String `tfsdk:"description"`
	Stage       types.String `tfsdk:"stage"`
	RunID       types.String `tfsdk:"run_id"`
	ONNX        types.String `tfsdk:"onnx_sha256"`
	Classes     types.List   `tfsdk:"classes"`
	InputShape  types.List   `tfsdk:"input_shape"`
	Passed      types.Bool   `tfsdk:"gates_passed"`
	Files       []fileModel  `tfsdk:"files"`
}

// fileModel is a verified file of a version or release.
type fileModel struct {
	Target    types.String `tfsdk:"target"`
	Precision types.String `tfsdk:"precision"`
	Layout    types.String `tfsdk:"layout"`
	SHA256    types.String `tfsdk:"sha256"`
	Size      types.Int64  `tfsdk:"size"`
}

type file struct {
	Target, Precision, Layout, Artifact string
	Size                                long
}

type modelVersion struct {
	ID          string
	Number      int64
	Description *string
	Stage       string
	RunID       *string
	Onnx        *string
	Classes     []string
	InputShape  []int64
	Gates       *struct{ Passed bool }
	Files       []file
}

const (
	fileFields    = `files { target precision layout artifact size }`
	versionFields = `{ id number description stage runId onnx classes inputShape gates { passed } ` + fileFields + ` }`
)

func newModelVersionDataSource() datasource.DataSource { return &modelVersionDataSource{} }

func (d *modelVersionDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "slipway_model_version"
}

func (d *modelVersionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A version of a registered model: by its number, by an alias, or the newest. Needs the role `viewer`.",
		Attributes: map[string]schema.Attribute{
			"model": schema.StringAttribute{Required: true, MarkdownDescription: "The model's name."},
			"number": schema.Int64Attribute{
				Optional: true, Computed: true,
				Validators:          []validator.Int64{int64validator.AtLeast(1), int64validator.ConflictsWith(path.MatchRoot("alias"))},
				MarkdownDescription: "The version's number within the model. Without it and `alias`, the newest version is read.",
			},
			"alias": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "A name for the version, such as that of a channel.",
			},
			"id":          schema.StringAttribute{Computed: true, MarkdownDescription: "The version's global id."},
			"description": schema.StringAttribute{Computed: true, MarkdownDescription: "What people say of it."},
			"stage":       schema.StringAttribute{Computed: true, MarkdownDescription: "Its stage, as with MLflow: `NONE`, `STAGING`, `PRODUCTION`, `ARCHIVED`."},
			"run_id":      schema.StringAttribute{Computed: true, MarkdownDescription: "The id of the run that made it, as with MLflow."},
			"onnx_sha256": schema.StringAttribute{Computed: true, MarkdownDescription: "The SHA-256 of its ONNX file; null for models of other kinds."},
			"classes": schema.ListAttribute{
				Computed: true, ElementType: types.StringType, MarkdownDescription: "What it tells apart, in the order of its outputs.",
			},
			"input_shape": schema.ListAttribute{
				Computed: true, ElementType: types.Int64Type, MarkdownDescription: "The shape of one sample.",
			},
			"gates_passed": schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether all gates held when it was last judged; null before."},
			"files":        filesAttribute("Its verified files."),
		},
	}
}

func filesAttribute(what string) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: what,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"target":    schema.StringAttribute{Computed: true, MarkdownDescription: "What it runs on: `TFLITE`, `ORT`, `TVM`."},
			"precision": schema.StringAttribute{Computed: true, MarkdownDescription: "Its numbers, such as `FP32` or `INT8`."},
			"layout":    schema.StringAttribute{Computed: true, MarkdownDescription: "How it takes images: `KEEP` or `NHWC`."},
			"sha256":    schema.StringAttribute{Computed: true, MarkdownDescription: "Names its bytes."},
			"size":      schema.Int64Attribute{Computed: true, MarkdownDescription: "In bytes."},
		}},
	}
}

func fileModels(files []file) []fileModel {
	models := []fileModel{}
	for _, one := range files {
		models = append(models, fileModel{
			Target: types.StringValue(one.Target), Precision: types.StringValue(one.Precision), Layout: types.StringValue(one.Layout),
			SHA256: types.StringValue(one.Artifact), Size: types.Int64Value(int64(one.Size)),
		})
	}
	return models
}

func (d *modelVersionDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config modelVersionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || !d.there(&resp.Diagnostics) {
		return
	}
	model := config.Model.ValueString()
	var found *modelVersion
	var what string
	var err error
	if config.Alias.IsNull() {
		what = "version of a model '" + model + "'"
		if !config.Number.IsNull() {
			what = fmt.Sprintf("version %d of a model '%s'", config.Number.ValueInt64(), model)
		}
		found, err = d.numbered(ctx, model, config.Number.ValueInt64())
	} else {
		what = "alias '" + config.Alias.ValueString() + "' of a model '" + model + "'"
		found, err = d.aliased(ctx, model, config.Alias.ValueString())
	}
	if err != nil {
		fail(&resp.Diagnostics, "read the versions of the model '"+model+"'", err)
		return
	}
	if found == nil {
		resp.Diagnostics.AddError("It is not there", "The server has no "+what+".")
		return
	}
	config.ID, config.Number = types.StringValue(found.ID), types.Int64Value(found.Number)
	config.Description, config.Stage = types.StringPointerValue(found.Description), types.StringValue(found.Stage)
	config.RunID, config.ONNX = types.StringPointerValue(found.RunID), types.StringPointerValue(found.Onnx)
	classes, problems := types.ListValueFrom(ctx, types.StringType, found.Classes)
	resp.Diagnostics.Append(problems...)
	shape, problems := types.ListValueFrom(ctx, types.Int64Type, found.InputShape)
	resp.Diagnostics.Append(problems...)
	config.Classes, config.InputShape, config.Files = classes, shape, fileModels(found.Files)
	config.Passed = types.BoolNull()
	if found.Gates != nil {
		config.Passed = types.BoolValue(found.Gates.Passed)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// numbered gives the version of a number, or the newest for 0; nil if there is none.
func (d *modelVersionDataSource) numbered(ctx context.Context, model string, number int64) (*modelVersion, error) {
	var match *modelVersion
	err := pages(func(after *string) (bool, pageInfo, error) {
		var data struct {
			ModelNamed *struct {
				Versions struct {
					Nodes    []modelVersion
					PageInfo pageInfo
				}
			}
		}
		err := d.client.Ask(ctx, `query ($name: String!, $after: String) { modelNamed(name: $name) {
			versions(first: 200, after: $after) { nodes `+versionFields+` pageInfo { hasNextPage endCursor } } } }`,
			client.Variables{"name": model, "after": after}, &data)
		if err != nil || data.ModelNamed == nil {
			return true, pageInfo{}, err
		}
		for i := range data.ModelNamed.Versions.Nodes {
			if one := &data.ModelNamed.Versions.Nodes[i]; match == nil && (number == 0 || one.Number == number) {
				match = one
			}
		}
		return match != nil, data.ModelNamed.Versions.PageInfo, nil
	})
	return match, err
}

func (d *modelVersionDataSource) aliased(ctx context.Context, model, alias string) (*modelVersion, error) {
	var data struct {
		ModelNamed *struct {
			Aliases []struct {
				Name    string
				Version *modelVersion
			}
		}
	}
	err := d.client.Ask(ctx, `query ($name: String!) { modelNamed(name: $name) { aliases { name version `+versionFields+` } } }`,
		client.Variables{"name": model}, &data)
	if err != nil || data.ModelNamed == nil {
		return nil, err
	}
	for _, one := range data.ModelNamed.Aliases {
		if one.Name == alias {
			return one.Version, nil
		}
	}
	return nil, nil
}
