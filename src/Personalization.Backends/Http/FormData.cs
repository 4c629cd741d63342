using System.Text;

namespace Personalization.Backends.Http;

/// <summary>
/// A body of type multipart/form-data as RFC 7578 and the HTML standard describe it: names in quotation marks, no
/// <c>filename*</c>, an unquoted boundary. Servers with parsers of their own fail at the other forms.
/// </summary>
internal sealed class FormData : MultipartFormDataContent
{
    public FormData()
    {
        var boundary = Headers.ContentType!.Parameters.Single();
        boundary.Value = boundary.Value!.Trim('"');
    }

    /// <summary>Adds a field with a text.</summary>
    public void Add(string name, string value) =>
        AddPart(new ByteArrayContent(Encoding.UTF8.GetBytes(value)), $"form-data; name=\"{Quoted(name)}\"", type: null);

    /// <summary>Adds a field with a picture in PNG format.</summary>
    public void Add(string name, string fileName, ReadOnlyMemory<byte> png) =>
        AddPart(new ReadOnlyMemoryContent(png), $"form-data; name=\"{Quoted(name)}\"; filename=\"{Quoted(fileName)}\"", type: "image/png");

    /// <summary>Escapes what would end the name, as the HTML standard does (4.10.21.8, multipart form data).</summary>
    private static string Quoted(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private void AddPart(HttpContent part, string disposition, string? type)
    {
        // Not through the typed header, which leaves out the quotation marks and adds filename*.
        part.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        part.Headers.ContentType = type is null ? null : new(type);
        Add(part);
    }
}
