using System.Security.Cryptography;

namespace Personalization.Storage.Backup;

/// <summary>Files that have their name only once they are whole and on the disk.</summary>
internal static class SafeFile
{
    public const string Temporary = ".tmp";

    /// <summary>Writes a file for its own user alone.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = path + Temporary;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        File.Delete(temporary);
        await using (var file = new FileStream(temporary, Options()))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Copies a file for its own user alone.</summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var temporary = to + Temporary;
        PrivateFiles.CreateFolder(Path.GetDirectoryName(to)!);
        File.Delete(temporary);
        await using (var source = File.OpenRead(from))
        await using (var file = new FileStream(temporary, Options()))
        {
            await source.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, to, overwrite: true);
    }

    /// <summary>Describes a file that is there, and waits until it is on the disk.</summary>
    public static async Task<BackupFile> SyncAsync(string path, CancellationToken cancellationToken)
    {
        PrivateFiles.TightenFile(path);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return new(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }

    /// <summary>Whether a file is there and holds what a manifest says.</summary>
    public static async Task<bool> IsWholeAsync(string path, BackupFile expected, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var file = File.OpenRead(path);
        return file.Length == expected.Length && Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) == expected.Sha256;
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
