namespace Personalization.Imagine;

/// <summary>The configuration section <c>Imagine</c>: which models there are and who paints with them.</summary>
public sealed class ImagineOptions
{
    /// <summary>The backend of every version that names no other; required where there is such a version.</summary>
    public string Backend { get; set; } = "";

    /// <summary>The version a prompt without <c>--v</c> gets; one of <see cref="Versions"/>.</summary>
    public string DefaultVersion { get; set; } = "";

    /// <summary>Whether backends that cost nothing are checked at each start, by a few small pictures.</summary>
    public bool CheckAtStart { get; set; } = true;

    /// <summary>Every backend and model that a version or a fallback names, once.</summary>
    public IReadOnlyList<(string Backend, string Model)> Models() =>
        [.. Versions.Values.SelectMany(Named).Distinct()];

    /// <summary>The backend and model of a version, and then of what it falls back on.</summary>
    public IReadOnlyList<(string Backend, string Model)> Models(string version) => [.. Named(Versions[version])];

    /// <summary>What <c>--v</c> may say, and the model each means.</summary>
    public Dictionary<string, ModelVersion> Versions { get; } = new(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<(string Backend, string Model)> Named(ModelVersion version) =>
        version.Fallback.SelectMany(Named).Prepend((version.Backend ?? Backend, version.Model));
}
