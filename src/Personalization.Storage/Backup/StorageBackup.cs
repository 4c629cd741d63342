using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Backup;

/// <summary>
/// Copies an installation into a folder, while its bot may run: first the database, as it is at one moment, then the pictures
/// that its rows name. Their files are older than their rows and never change, so that a later backup copies only new ones.
/// </summary>
public sealed class StorageBackup(string dataDirectory, string folder, TimeProvider time)
{
    private readonly string _from = Path.Combine(dataDirectory, "pictures");
    private readonly string _to = Path.Combine(folder, "pictures");

    /// <summary>Makes a backup, or goes on with one that was stopped. Only when it is whole are the oldest of more than <paramref name="keep"/> deleted.</summary>
    /// <param name="copyDatabaseAsync">Writes the database to a new SQLite file.</param>
    /// <param name="open">Opens a SQLite file.</param>
    /// <exception cref="StorageException">It could not be made; the message tells the operator why.</exception>
    public async Task<BackupManifest> RunAsync(Func<string, CancellationToken, Task> copyDatabaseAsync, Func<string, PersonalizationContext> open, int keep, CancellationToken cancellationToken)
    {
        var (data, backup) = (Path.GetFullPath(dataDirectory), Path.GetFullPath(folder));
        if (!Path.GetRelativePath(data, backup).StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(Path.GetRelativePath(data, backup)))
        {
            throw new StorageException($"The backup would be in the data directory, {data}, and be lost with it. Name a folder outside of it, best on another disk.");
        }

        // Pictures that no backup here names are deleted at the end: they must be of a backup.
        if (Directory.Exists(_to) && Directory.EnumerateFileSystemEntries(_to).Any() && !Directory.EnumerateFiles(folder).Any(BackupManifest.IsOfBackup))
        {
            throw new StorageException($"{Path.GetFullPath(_to)} has files that are of no backup that this command made. Name an empty folder, or one that it has made a backup in.");
        }

        try
        {
            PrivateFiles.CreateFolder(folder);
            PrivateFiles.CreateFolder(_to);
            using var hold = LockFile.Take(Path.Combine(folder, "backup.lock"), "Is another backup into this folder running?");
            var madeAt = time.GetUtcNow();
            var name = BackupManifest.NameOf(madeAt);
            var database = Path.Combine(folder, $"{name}.db");
            await copyDatabaseAsync(database, cancellationToken);
            var (pictures, missing) = await CopyPicturesAsync(await KeysAsync(open, database, cancellationToken), cancellationToken);
            var manifest = new BackupManifest(BackupManifest.KnownFormat, ProgramVersion.Current, madeAt, await SafeFile.SyncAsync(database, cancellationToken), pictures, missing);
            await SafeFile.WriteAsync(Path.ChangeExtension(database, BackupManifest.Extension), manifest.ToBytes(), cancellationToken);
            await DeleteOldAsync(keep, cancellationToken);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The backup could not be made: {exception.Message} Check that {backup} has space and that this user may write to it, and run it again: it goes on. Earlier backups there are as they were.", exception);
        }
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(Func<string, PersonalizationContext> open, string database, CancellationToken cancellationToken)
    {
        await using var context = open(database);
        var keys = await context.Pictures.Select(picture => picture.FileKey).Where(key => key != null).Distinct().ToListAsync(cancellationToken);
        return [.. keys.Select(key => key!).Order(StringComparer.Ordinal)];
    }

    private async Task<(IReadOnlyList<BackupFile> Pictures, IReadOnlyList<string> Missing)> CopyPicturesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var (pictures, missing) = (new List<BackupFile>(), new List<string>());
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PictureFiles.IsKey(key) && await LengthOfCopyAsync(key, cancellationToken) is { } length)
            {
                pictures.Add(new(key, length, key[..64]));
            }
            else
            {
                missing.Add(key);
            }
        }

        return (pictures, missing);
    }

    /// <returns>Null where there is no whole file to copy.</returns>
    private async Task<long?> LengthOfCopyAsync(string key, CancellationToken cancellationToken)
    {
        var (source, copy) = (new FileInfo(PictureFiles.PathOf(_from, key)), new FileInfo(PictureFiles.PathOf(_to, key)));
        if (copy.Exists && (!source.Exists || source.Length == copy.Length))
        {
            return copy.Length;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(source.FullName, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) == key[..64])
            {
                await SafeFile.WriteAsync(copy.FullName, content, cancellationToken);
                return content.Length;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted by its maker since the database was copied, or lost.
        }

        return copy.Exists ? copy.Length : null;
    }

    private async Task DeleteOldAsync(int keep, CancellationToken cancellationToken)
    {
        var manifests = BackupManifest.FilesIn(folder);
        foreach (var old in manifests.Skip(keep))
        {
            File.Delete(old);
        }

        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in manifests.Take(keep))
        {
            var manifest = await BackupManifest.ReadAsync(file, cancellationToken);
            needed.UnionWith(manifest.Pictures.Select(picture => picture.Name).Append(manifest.Database.Name));
        }

        // Of old backups, and of those that were stopped.
        var files = Directory.EnumerateFiles(_to, "*", SearchOption.AllDirectories).Where(file => PictureFiles.IsKey(NameOf(file)));
        foreach (var file in files.Concat(Directory.EnumerateFiles(folder, "*.db*").Where(BackupManifest.IsOfBackup)).Where(file => !needed.Contains(Path.GetFileName(file))).ToList())
        {
            File.Delete(file);
        }

        static string NameOf(string file) => Path.GetExtension(file) == SafeFile.Temporary ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file);
    }
}
