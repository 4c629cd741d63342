namespace Personalization.Styles;

/// <summary>One dimension of style: from <paramref name="Low"/> (-1) to <paramref name="High"/> (1).</summary>
/// <param name="Id">The stable name used in code and data, such as <c>vividness</c>.</param>
/// <param name="Low">The word for the low end, such as "muted".</param>
/// <param name="High">The word for the high end, such as "vivid".</param>
/// <param name="Words">Lower-case words and phrases: a prompt that contains one decides this axis, and taste does not change it.
/// Inflected forms match, too: "fog" matches "foggy", "decorate" "undecorated", "colour" "colored". Other derivations and
/// compounds, such as "photographic" and "nighttime", must be listed. The list may change within a version of the space.</param>
public sealed record StyleAxis(string Id, string Low, string High, IReadOnlyList<string> Words);
