using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>The files of the stand-in of ComfyUI: those of the input folder by name, others as <c>folder/subfolder/name</c>.</summary>
internal sealed class ComfyUiFolder
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> All => _files;

    public void Put(string name, byte[] content) => _files[name] = content;

    /// <summary>Deletes the painted files.</summary>
    public void Clean()
    {
        foreach (var name in _files.Keys.Where(name => name.StartsWith("output/", StringComparison.Ordinal) || name.StartsWith("temp/", StringComparison.Ordinal)))
        {
            _files.TryRemove(name, out _);
        }
    }

    /// <summary>Where a file is that a node names: in the input folder, or in the one that stands behind its name.</summary>
    public static string FileOf(string named)
    {
        var (path, type) = named.EndsWith(" [temp]", StringComparison.Ordinal) ? (named[..^" [temp]".Length], "temp") : (named, "input");
        return PathOf(type, path[..Math.Max(0, path.LastIndexOf('/'))], path[(path.LastIndexOf('/') + 1)..]);
    }

    private static string PathOf(string type, string subfolder, string name) => (type, subfolder) == ("input", "") ? name : $"{type}/{subfolder}/{name}";

    public async Task<IResult> UploadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var form = FormPart.Parse(context.Request.ContentType ?? "", body.ToArray());
        string Field(string name, string unset) => form?.FirstOrDefault(part => part.Name == name)?.Text ?? unset;
        if (form?.FirstOrDefault(part => part.Name == "image") is not { FileName.Length: > 0 } file || Field("type", "input") is not ("input" or "temp" or "output") || Field("overwrite", "") != "true")
        {
            return Results.BadRequest();
        }

        _files[PathOf(Field("type", "input"), Field("subfolder", ""), file.FileName)] = file.Content;
        return Results.Json(new { name = file.FileName, subfolder = Field("subfolder", ""), type = Field("type", "input") });
    }

    public IResult View(string filename, string subfolder, string type) =>
        _files.TryGetValue(PathOf(type, subfolder, filename), out var file) ? Results.Bytes(file, "image/png") : Results.NotFound();
}
