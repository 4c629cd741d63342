using System.Text.Json;
using System.Text.Json.Nodes;
using Place = (string Node, string Input);

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// Finds where the values of a request go in a workflow: by the titles of its nodes, then by following the links back from its
/// pictures to their samplers and to what those are given, then by the names of inputs.
/// </summary>
internal sealed class ComfyUiRoles(ComfyUiLinks links)
{
    /// <summary>The roles, in the order in which they are found: the titles of their nodes, and the inputs that hold the value.</summary>
    private static readonly Dictionary<string, (string[] Titles, string[] Inputs)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["prompt"] = (["prompt", "positive", "positive prompt"], []),
        ["negative"] = (["negative", "negative prompt"], []),
        ["seed"] = (["seed"], ["seed", "noise_seed"]),
        ["width"] = (["width"], ["width"]),
        ["height"] = (["height"], ["height"]),
        ["batch"] = (["batch"], ["batch_size"]),
        ["checkpoint"] = (["checkpoint"], ["ckpt_name", "unet_name"]),
        ["original"] = (["original"], ["image"]),
        ["denoise"] = (["denoise"], ["denoise"]),
        ["reference"] = (["reference"], ["image"]),
        ["referenceWeight"] = (["reference weight"], ["weight", "strength"]),
    };

    /// <summary>The texts of ComfyUI's own encoders. Other strings in them are choices, such as <c>empty_padding</c>.</summary>
    private static readonly string[] TextInputs = ["text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "llama", "bert", "mt5xl", "prompt", "user_prompt", Negative];

    /// <summary>The inputs of a node that lead away from what a sampler paints on.</summary>
    private static readonly string[] NoLatents = ["model", "clip", "vae", "positive", "negative", "conditioning", "guider", "noise", "sampler", "sigmas", "clip_vision"];

    /// <summary>The text of an encoder that has both in one node.</summary>
    private const string Negative = "negative_prompt";

    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>The places of a role, all of which receive its value; empty if there is none.</summary>
    /// <param name="taken">The places of the roles before it.</param>
    /// <exception cref="InvalidDataException">Several texts qualify.</exception>
    public IReadOnlyList<Place> Find(string role, IReadOnlyCollection<Place> taken)
    {
        var (titles, inputs) = Known[role];

        // Workflows without guidance use one encoder for both sides: an empty negative would overwrite the prompt.
        bool IsFree(Place place) => role == "negative" && place.Input != Negative ? taken.All(one => one.Node != place.Node) : !taken.Contains(place);
        Place[] titled = [.. links.Nodes.Where(id => titles.Any(title => links.IsTitled(id, title))).SelectMany(id => Titled(id, role, inputs)).Where(IsFree).Distinct()];
        if (titled.Length > 0)
        {
            return titled;
        }

        // A picture is the original only if a title or a role names it: most have another purpose.
        IEnumerable<Place?> found = role switch
        {
            "prompt" or "negative" => Texts(role).Select(place => (Place?)place),
            "seed" => links.Samplers.Select(SeedOf),
            "width" or "height" => Sizes(role).Select(place => (Place?)place),
            "batch" => [Canvas() is { } canvas ? links.Value(canvas, "batch_size", JsonValueKind.Number) : null],
            "checkpoint" => links.Samplers.Take(1).Select(ModelOf),
            "denoise" => links.Samplers.Take(1).Select(DenoiseOf),
            _ => [],
        };
        Place[] places = [.. found.OfType<Place>().Where(IsFree).Distinct()];
        return places.Length > 0 ? places : [.. ByInputs(role, inputs).Where(IsFree).Take(1)];
    }

    /// <summary>The places in a node that a person marked: the inputs of that role, or its first plain value.</summary>
    private IEnumerable<Place> Titled(string id, string role, string[] inputs)
    {
        if (role is "prompt" or "negative")
        {
            return TextsOf(id, role);
        }

        var own = links.InputsOf(id);
        var input = inputs.FirstOrDefault(own.ContainsKey) ?? own.FirstOrDefault(one => one.Value is JsonValue).Key;
        return input is null ? [] : [(id, input)];
    }

    /// <summary>The places of a role in nodes that lead nowhere, or where no link shows what they are for.</summary>
    private IEnumerable<Place> ByInputs(string role, string[] inputs) =>
        from id in links.Nodes
        where role switch
        {
            "seed" or "checkpoint" or "denoise" => true,
            "batch" => HasSize(id),
            "reference" => links.ClassOf(id) == "LoadImage",
            "referenceWeight" => links.ClassOf(id) is "IPAdapter" or "IPAdapterAdvanced" or "StyleModelApply",
            _ => false,
        }
        from input in inputs
        where links.InputsOf(id)[input] is JsonValue
        select (id, input);

    /// <summary>Finds texts through the inputs of the samplers. A workflow's only text is the prompt.</summary>
    private IEnumerable<Place> Texts(string role)
    {
        var found = TextNodes(role);
        if (found.Length == 0 && role == "prompt")
        {
            var unwanted = TextNodes("negative");
            found = OnlyOne(role, links.Nodes.Where(id => links.ClassOf(id).StartsWith("CLIPTextEncode", StringComparison.Ordinal) && !unwanted.Contains(id) && TextsOf(id, role).Any()));
        }

        return found.SelectMany(id => TextsOf(id, role));
    }

    /// <summary>The nodes with the texts of each sampler: a refiner has an encoder of its own. One that takes a pipe names neither side.</summary>
    private string[] TextNodes(string role)
    {
        var side = role == "prompt" ? "positive" : "negative";
        string[] samplers = [.. links.Samplers.Where(sampler => StartsOf(sampler, "positive").Length > 0 || StartsOf(sampler, "negative").Length > 0)];
        return samplers.Length > 0
            ? [.. samplers.SelectMany(sampler => OnlyOne(role, TextsAbove(StartsOf(sampler, side), side))).Distinct()]
            : OnlyOne(role, TextsAbove(links.Nodes.SelectMany(id => StartsOf(id, side)), side));
    }

    private string[] OnlyOne(string role, IEnumerable<string> nodes)
    {
        var all = nodes.Distinct().ToArray();
        return all.Length <= 1 ? all : throw new InvalidDataException(
            $"The workflow has {all.Length} texts that may be the {role}: {string.Join(", ", all.Select(id => $"{id}.{TextsOf(id, role).First().Input}"))}. Set Roles:{role} to one of them, or give its node the title \"{role}\" in ComfyUI.");
    }

    /// <summary>What leads into one side of a sampler, or of its guider. A guider without a negative does not name its side.</summary>
    private string[] StartsOf(string sampler, string side)
    {
        bool IsSide(string id, string input) => input == side || (side == "positive" && ((links.ClassOf(id) == "BasicGuider" && input == "conditioning") || input == "cond1"));
        string[] own = [.. links.From(sampler, input => IsSide(sampler, input))];
        return own.Length > 0 ? own : [.. links.From(sampler, input => input == "guider").SelectMany(guider => links.From(guider, input => IsSide(guider, input)))];
    }

    /// <summary>The nodes with texts that lead to these nodes, directly or through other nodes.</summary>
    private IEnumerable<string> TextsAbove(IEnumerable<string> starts, string side)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(starts);
        while (next.TryPop(out var id))
        {
            if (!seen.Add(id))
            {
                continue;
            }

            string[] above = [.. links.From(id, input => input == side || input.StartsWith("conditioning", StringComparison.Ordinal))];
            Array.ForEach(above, next.Push);
            if (above.Length == 0 && TextsOf(id, side == "positive" ? "prompt" : side).Any())
            {
                yield return id;
            }
        }
    }

    /// <summary>The texts of a node: all that its encoder reads; of a node with both sides, those of the role.</summary>
    private IEnumerable<Place> TextsOf(string id, string role)
    {
        var inputs = links.InputsOf(id);
        var isOwn = role == "negative" && inputs.ContainsKey(Negative);
        Place[] known = [.. TextInputs.Where(input => input == Negative == isOwn).Select(input => links.Value(id, input, JsonValueKind.String)).OfType<Place>().Distinct()];
        return known.Length > 0
            ? known
            : inputs.Where(input => input.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String).Select(input => (id, input.Key)).Take(1);
    }

    private Place? SeedOf(string sampler)
    {
        foreach (var id in links.From(sampler, input => input == "noise").Prepend(sampler))
        {
            if ((links.Value(id, "seed", JsonValueKind.Number) ?? links.Value(id, "noise_seed", JsonValueKind.Number)) is { } seed)
            {
                return seed;
            }
        }

        return null;
    }

    private Place? DenoiseOf(string sampler) =>
        links.Value(sampler, "denoise", JsonValueKind.Number) ?? links.Above(links.From(sampler, input => input == "sigmas"), "sigmas", "denoise");

    private Place? ModelOf(string sampler)
    {
        string[] starts = [.. links.From(sampler, input => input is "model" or "guider")];
        return links.Above(starts, "model", "ckpt_name") ?? links.Above(starts, "model", "unet_name");
    }

    /// <summary>The places of a side of the picture: what decides it, and encoders and schedulers that are told the same size.</summary>
    private IEnumerable<Place> Sizes(string role)
    {
        if ((Canvas() ?? links.Nodes.FirstOrDefault(id => links.InputsOf(id).ContainsKey("batch_size") && HasSize(id))) is not { } canvas)
        {
            return [];
        }

        var (width, height) = (links.Value(canvas, "width", JsonValueKind.Number)!.Value, links.Value(canvas, "height", JsonValueKind.Number)!.Value);
        var size = (NumberAt(width), NumberAt(height));
        var same =
            from id in links.Nodes
            from pair in new[] { (Width: "width", Height: "height"), (Width: "target_width", Height: "target_height") }
            where (NumberAt((id, pair.Width)), NumberAt((id, pair.Height))) == size
            select (id, role == "width" ? pair.Width : pair.Height);
        return same.Prepend(role == "width" ? width : height);
    }

    /// <summary>The node that decides the size of what the first sampler paints on.</summary>
    private string? Canvas()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return links.Samplers.Take(1).SelectMany(sampler => links.From(sampler, input => input == "latent_image")).Select(Source).FirstOrDefault(id => id is not null);

        // What is scaled on the way was made in a size of its own before.
        string? Source(string id) => seen.Add(id)
            ? links.From(id, input => !NoLatents.Contains(input)).Select(Source).FirstOrDefault(deeper => deeper is not null) ?? (HasSize(id) ? id : null)
            : null;
    }

    private bool HasSize(string id) =>
        links.Value(id, "width", JsonValueKind.Number) is { } width && links.Value(id, "height", JsonValueKind.Number) is { } height && width != height;

    private double? NumberAt(Place place) =>
        links.InputsOf(place.Node)[place.Input] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;
}
