using System.Globalization;

namespace Personalization.App.Bot;

/// <summary>
/// The id of a button: the command it belongs to, a verb, and the rows it is about, as
/// <c>rank:left:412</c>. All it needs is in the id or in the database, so that it works after any restart.
/// </summary>
internal readonly struct CustomId
{
    // More pages than there can be pictures.
    private const int MaxPage = 1_000_000;

    private readonly string[] _parts;

    private CustomId(string[] parts) => _parts = parts;

    /// <summary>The command's name.</summary>
    public string Command => _parts[0];

    /// <summary>What to do; empty where the id has no second part.</summary>
    public string Verb => _parts.Length > 1 ? _parts[1] : "";

    public static CustomId Parse(string customId) => new(customId.Split(':'));

    /// <exception cref="FormatException">There is no such number, or another part is none: the button is not one of ours.</exception>
    public long Number(int position) =>
        _parts.Length > position + 2 && Array.TrueForAll(_parts[2..], part => Parsed(part) is not null)
            ? Parsed(_parts[position + 2])!.Value
            : throw Foreign();

    /// <summary>Whether there is a number, and it is this one.</summary>
    public bool Has(int position, long number) => _parts.Length > position + 2 && Number(position) == number;

    /// <summary>The number of a page; 0, the first, where there is none.</summary>
    /// <exception cref="FormatException">It is none of ours.</exception>
    public int PageAt(int position) => _parts.Length <= position + 2 ? 0 : Number(position) is <= MaxPage and var page ? (int)page : throw Foreign();

    /// <summary>The exception for an id that no command gives out, or not to the person who pressed it there.</summary>
    public static FormatException Foreign() => new("This button belongs to no version of this bot.");

    private static long? Parsed(string part) => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
