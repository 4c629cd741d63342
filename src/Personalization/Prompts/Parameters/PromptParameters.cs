namespace Personalization.Prompts.Parameters;

/// <summary>All parameters of the prompt language: every class of this assembly derived from <see cref="PromptParameter"/>.</summary>
internal static class PromptParameters
{
    /// <summary>In the order in which the canonical form writes them.</summary>
    public static IReadOnlyList<PromptParameter> All { get; } =
    [
        .. typeof(PromptParameter).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PromptParameter)))
            .Select(type => (PromptParameter)Activator.CreateInstance(type)!)
            .OrderBy(parameter => parameter.Position),
    ];

    private static readonly Dictionary<string, PromptParameter> ByName =
        All.SelectMany(parameter => parameter.Names, (parameter, name) => (name, parameter)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Words that other programs and people use for these parameters.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["exclude"] = "no",
        ["neg"] = "no",
        ["negative"] = "no",
        ["ratio"] = "ar",
        ["size"] = "ar",
        ["without"] = "no",
    };

    /// <param name="name">In lower case, without dashes.</param>
    public static PromptParameter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The spelling that a misspelt name stands for: the only one it is the beginning of, or the one nearest to it; null if none is near.</summary>
    public static string? NearestName(string name)
    {
        name = PromptTokenizer.NameParts(name)[0];
        name = Synonyms.GetValueOrDefault(name, name);
        if (ByName.ContainsKey(name))
        {
            return name;
        }

        if (ForeignParameters.Contains(name))
        {
            return null;
        }

        var begun = ByName.Where(known => known.Key.StartsWith(name, StringComparison.Ordinal)).DistinctBy(known => known.Value).ToList();
        return begun.Count == 1 ? begun[0].Key : Spelling.Nearest(name, ByName.Keys.Where(known => known.Length > 1));
    }
}
