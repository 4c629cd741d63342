using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Personalization;

/// <summary>Refuses settings that nobody reads: a misspelt one would be ignored in silence.</summary>
public static class KnownSettings
{
    /// <param name="section">What is set.</param>
    /// <param name="options">What is bound to it.</param>
    /// <param name="besides">Names that are read in other ways.</param>
    /// <exception cref="OptionsValidationException">There are others: a line for each names its key, and the names there are.</exception>
    public static void Require(IConfigurationSection section, Type options, params IReadOnlyList<string> besides)
    {
        var unknown = Unknown(section, options, besides).ToArray();
        if (unknown.Length > 0)
        {
            throw new OptionsValidationException(section.Path, options, unknown);
        }
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type type, IReadOnlyList<string> besides)
    {
        if (ElementOf(type) is { } element)
        {
            return section.GetChildren().SelectMany(child => Unknown(child, element, []));
        }

        if (type.Namespace?.StartsWith(nameof(Personalization), StringComparison.Ordinal) != true || !type.IsClass)
        {
            return [];
        }

        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || ElementOf(property.PropertyType) is not null)
            .DistinctBy(property => property.Name)
            .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child =>
            known.TryGetValue(child.Key, out var inner) ? Unknown(child, inner, [])
            : besides.Contains(child.Key, StringComparer.OrdinalIgnoreCase) ? []
            : [$"{child.Path} is no setting; {section.Path} takes {string.Join(", ", known.Keys.Concat(besides).Order(StringComparer.Ordinal))}."]);
    }

    /// <summary>What a list or a dictionary holds; null for what is neither.</summary>
    private static Type? ElementOf(Type type) => type.IsGenericType && type.Name.Split('`')[0] is "List" or "Dictionary" ? type.GetGenericArguments()[^1] : null;
}
