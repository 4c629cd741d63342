using System.Globalization;

namespace Personalization.Imagine.Jobs;

/// <summary>One of the calls that paint a request, and how they are written as one ticket.</summary>
/// <param name="first">The position in the request of its first picture, from 0.</param>
/// <param name="count">How many pictures it asks for.</param>
internal sealed class PaintingCall(int first, int count)
{
    // Of several calls: this word, then for each its first position, its count and its ticket, as "parts 0+1:a 1+1:b".
    private const string Parts = "parts";

    public int First => first;

    public int Count => count;

    /// <summary>The backend's own name of the call's job; null while it has none.</summary>
    public string? Ticket { get; set; }

    public IEnumerable<int> Positions => Enumerable.Range(first, count);

    /// <summary>The calls in a ticket; one for the whole request where it names no parts.</summary>
    /// <param name="all">Pictures of the request.</param>
    public static List<PaintingCall> Parse(string? ticket, int all)
    {
        if (ticket is null)
        {
            return [];
        }

        if (ticket.Split(' ') is not [Parts, .. var parts])
        {
            return [new(0, all) { Ticket = ticket }];
        }

        return
        [
            .. parts
                .Select(part => part.Split('+', ':'))
                .Where(part => part.Length == 3)
                .Select(part => new PaintingCall(Number(part[0]), Number(part[1])) { Ticket = Uri.UnescapeDataString(part[2]) })
                .Where(call => call.Count > 0),
        ];
    }

    /// <summary>
    /// The ticket of the calls that have one. Where they do not fit into <see cref="ImagineJob.MaxTicketLength"/>, the oldest are
    /// left out: their pictures are painted again after a restart.
    /// </summary>
    /// <param name="all">Pictures of the request.</param>
    public static string Write(IEnumerable<PaintingCall> calls, int all)
    {
        PaintingCall[] kept = [.. calls.Where(call => call.Ticket is not null)];
        if (kept is [{ First: 0, Ticket: { } only } whole] && whole.Count == all)
        {
            return only;
        }

        while (true)
        {
            var text = string.Join(' ', kept.Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.First}+{call.Count}:{Uri.EscapeDataString(call.Ticket!)}")).Prepend(Parts));
            if (text.Length <= ImagineJob.MaxTicketLength)
            {
                return text;
            }

            kept = kept[1..];
        }
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
