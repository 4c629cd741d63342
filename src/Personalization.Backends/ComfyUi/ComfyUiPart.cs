using System.Text.RegularExpressions;

namespace Personalization.Backends.ComfyUi;

/// <summary>A text encoder or an autoencoder that a model needs, in a file of its own.</summary>
/// <param name="File">Its name where people get it.</param>
/// <param name="Names">The names under which it is taken, such as those of another precision.</param>
internal sealed record ComfyUiPart(string File, Regex Names)
{
    /// <summary>The server's name of it; null if the server has none.</summary>
    /// <param name="files">The server's files of that kind, with their folders.</param>
    public string? In(IReadOnlyList<string> files) =>
        files.FirstOrDefault(file => file.Split('/', '\\')[^1] == File) ?? files.FirstOrDefault(Names.IsMatch);
}
