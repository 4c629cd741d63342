using Personalization.Backends.Http;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.Http;

/// <summary>The form of bodies of type multipart/form-data.</summary>
public sealed class FormDataTests
{
    [Fact]
    public async Task Form_data_has_a_form_that_strict_servers_read()
    {
        using var form = new FormData { { "prompt", "a \"fox\"\r\nin Köln" }, { "image[]", "a \"b\"\r\n.png", new byte[] { 0, 13, 10, 255 } } };

        var parts = FormPart.Parse(form.Headers.ContentType!.ToString(), await form.ReadAsByteArrayAsync(Cancellation))!;

        Assert.Equal([("prompt", null, ""), ("image[]", "a %22b%22%0D%0A.png", "image/png")], parts.Select(part => (part.Name, part.FileName, part.ContentType)));
        Assert.Equal("a \"fox\"\r\nin Köln", parts[0].Text);
        Assert.Equal([0, 13, 10, 255], parts[1].Content);
    }
}
