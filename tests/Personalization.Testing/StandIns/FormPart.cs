using System.Text;
using System.Text.RegularExpressions;

namespace Personalization.Testing.StandIns;

/// <summary>One field of a body of type multipart/form-data.</summary>
/// <param name="FileName">Null for a field without a file.</param>
/// <param name="ContentType">Empty if the part does not say it.</param>
public sealed partial record FormPart(string Name, string? FileName, string ContentType, byte[] Content)
{
    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>
    /// Reads a body as a strict parser does: RFC 7578 has names in quotation marks, forbids <c>filename*</c> (4.2), and knows no
    /// header but these two.
    /// </summary>
    /// <returns>The fields in order; null if the body has any other form.</returns>
    public static IReadOnlyList<FormPart>? Parse(string contentType, ReadOnlySpan<byte> body)
    {
        var text = Encoding.Latin1.GetString(body);
        var boundary = ContentTypes().Match(contentType).Groups["boundary"].Value;
        var (begin, between, end) = ($"--{boundary}\r\n", $"\r\n--{boundary}\r\n", $"\r\n--{boundary}--\r\n");
        if (boundary.Length == 0 || !text.StartsWith(begin, StringComparison.Ordinal) || !text.EndsWith(end, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text[begin.Length..^end.Length].Split(between).Select(part => Parts().Match(part)).ToArray();
        return parts.All(part => part.Success)
            ? [.. parts.Select(part => new FormPart(
                part.Groups["name"].Value,
                part.Groups["file"].Success ? part.Groups["file"].Value : null,
                part.Groups["type"].Value,
                Encoding.Latin1.GetBytes(part.Groups["content"].Value)))]
            : null;
    }

    /// <inheritdoc cref="Parse(string, ReadOnlySpan{byte})"/>
    public static IReadOnlyList<FormPart>? Parse(Call call) => Parse(call.Headers["Content-Type"], call.Body.Span);

    [GeneratedRegex("^multipart/form-data; boundary=(?<boundary>[0-9A-Za-z'()+_,./:=?-]{1,70})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ContentTypes();

    [GeneratedRegex("""^Content-Disposition: form-data; name="(?<name>[^"\r\n]+)"(; filename="(?<file>[^"\r\n]*)")?\r\n(Content-Type: (?<type>[a-z]+/[a-z0-9.+-]+)\r\n)?\r\n(?<content>.*)\z""", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Parts();
}
