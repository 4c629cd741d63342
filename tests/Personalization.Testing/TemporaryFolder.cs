namespace Personalization.Testing;

/// <summary>A new folder that is deleted with everything in it when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's absolute path.</summary>
    public string FullName { get; } = Directory.CreateTempSubdirectory("personalization-").FullName;

    /// <summary>Creates a folder in it.</summary>
    public DirectoryInfo CreateSubdirectory(string name) => Directory.CreateDirectory(Path.Combine(FullName, name));

    /// <summary>The files in it, those of its subfolders included where the options say so.</summary>
    public FileInfo[] GetFiles(string pattern = "*", SearchOption option = SearchOption.TopDirectoryOnly) => new DirectoryInfo(FullName).GetFiles(pattern, option);

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
