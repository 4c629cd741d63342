using System.Globalization;
using System.Security.Cryptography;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// A job's ticket, as <c>id*prompts~uploads</c>: the id of its first prompt, how many prompts it has, and how many files were
/// uploaded for it. The other ids, and the names of the files, are derived from that.
/// </summary>
/// <param name="Prompts">1 to 255; 0 where the text is no ticket.</param>
/// <param name="Uploads">0 to 255; left out of the text where there are none.</param>
internal readonly record struct ComfyUiTicket(string Id, int Prompts, int Uploads)
{
    // The last byte of an id, as two digits, is the number of the picture.
    private const int NumberDigits = 2;

    /// <summary>What the names of the job's files have in common.</summary>
    public string Job => Id.Length > 8 ? Id[..8] : Id;

    /// <summary>The ids of its prompts, in the order of their pictures.</summary>
    public string[] Ids
    {
        get
        {
            var id = Id;
            return [.. Enumerable.Range(0, Prompts).Select(i => id.Length > NumberDigits ? id[..^NumberDigits] + i.ToString("x2", CultureInfo.InvariantCulture) : id)];
        }
    }

    /// <summary>A lower-case UUID: newer servers accept no other ids from clients.</summary>
    public static string NewId()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[15] = 0;
        return new Guid(bytes).ToString("D", CultureInfo.InvariantCulture);
    }

    public static ComfyUiTicket Parse(string ticket) => ticket.Split('*', '~') is [var id, var prompts, ..] and var parts
        ? new(id, Number(prompts), parts.Length > 2 ? Number(parts[2]) : 0)
        : new(ticket, 0, 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}*{Prompts}{(Uploads > 0 ? $"~{Uploads}" : "")}");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, byte.MaxValue) : 0;
}
