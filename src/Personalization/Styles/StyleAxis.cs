namespace Personalization.Styles;

/// <summary>One direction along which people name pictures: from <paramref name="Low"/> (-1) to <paramref name="High"/> (1).</summary>
/// <param name="Id">The stable name code goes by, such as <c>vividness</c>.</param>
/// <param name="Low">The word for the low end, such as "muted".</param>
/// <param name="High">The word for the high end, such as "vivid".</param>
/// <param name="Words">Lower-case words and phrases by which a prompt speaks about this axis, so that taste leaves it alone.
/// Each stands for its forms, too: "fog" for "foggy", "decorate" for "undecorated", "colour" for "colored". Its other relatives and its
/// compounds, such as "photographic" and "nighttime", are words of their own. They may change within a version of the space.</param>
public sealed record StyleAxis(string Id, string Low, string High, IReadOnlyList<string> Words);
