using Personalization.Storage.Pictures;

namespace Personalization.Storage.Backup;

/// <summary>Copies a backup into an empty data directory. Until it is complete, no bot starts there; run again after it was stopped, it goes on.</summary>
public sealed class StorageRestore
{
    /// <summary>The folder in the data directory that is there while a restore is under way.</summary>
    internal const string Unfinished = "restore";

    private readonly string _backup;
    private readonly string _pictures;
    private readonly BackupManifest _manifest;

    private StorageRestore(string backup, string dataDirectory, BackupManifest manifest)
    {
        (_backup, _manifest) = (backup, manifest);
        _pictures = Path.Combine(dataDirectory, "pictures");
        Folder = Path.Combine(dataDirectory, Unfinished);
        Database = Path.Combine(Folder, "personalization.db");
    }

    /// <summary>For what is only needed until the end.</summary>
    public string Folder { get; }

    /// <summary>Where the backup's database is copied to, in <see cref="Folder"/>.</summary>
    public string Database { get; }

    /// <summary>Whether the database was put in its place by a restore that was stopped at its end.</summary>
    public bool IsPlaced { get; private init; }

    /// <summary>Begins a restore, or goes on with one.</summary>
    /// <param name="at">The name of a backup in the folder, or null for the newest.</param>
    /// <param name="database">The file of the database to be, or null where it is not a file.</param>
    /// <exception cref="StorageException">It cannot begin; the message tells the operator why.</exception>
    public static async Task<StorageRestore> BeginAsync(string backup, string? at, string dataDirectory, string? database, CancellationToken cancellationToken)
    {
        var files = BackupManifest.FilesIn(backup);
        var file = at is null ? files is [var newest, ..] ? newest : null : files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == at);
        if (file is null)
        {
            var names = files.Count == 0 ? "It has none" : $"It has {string.Join(", ", files.Select(Path.GetFileNameWithoutExtension))}";
            throw new StorageException($"There is no whole backup{(at is null ? "" : $" {at}")} in {Path.GetFullPath(backup)}. {names}.");
        }

        var restore = new StorageRestore(backup, dataDirectory, await BackupManifest.ReadAsync(file, cancellationToken))
        {
            IsPlaced = database is not null && File.Exists(database) && Directory.Exists(Path.Combine(dataDirectory, Unfinished)) && !File.Exists(Path.Combine(dataDirectory, Unfinished, "personalization.db")),
        };
        await restore.MarkAsync(file, database, cancellationToken);
        return restore;
    }

    /// <summary>Copies what is not there yet, and checks all of it.</summary>
    /// <returns>The pictures that are damaged or missing in the backup.</returns>
    /// <exception cref="StorageException">The database is damaged.</exception>
    public async Task<IReadOnlyList<string>> CopyAsync(CancellationToken cancellationToken)
    {
        if (!IsPlaced && !await TryCopyAsync(Path.Combine(_backup, _manifest.Database.Name), Database, _manifest.Database, cancellationToken))
        {
            throw new StorageException($"{_manifest.Database.Name} is missing or damaged. Delete {Path.GetFullPath(Folder)} and restore an earlier backup with --at.");
        }

        PrivateFiles.CreateFolder(_pictures);
        var damaged = new List<string>();
        foreach (var picture in _manifest.Pictures)
        {
            if (!await TryCopyAsync(PictureFiles.PathOf(Path.Combine(_backup, "pictures"), picture.Name), PictureFiles.PathOf(_pictures, picture.Name), picture, cancellationToken))
            {
                damaged.Add(picture.Name);
            }
        }

        return damaged;
    }

    /// <summary>Ends it: from now on a bot may start.</summary>
    public BackupManifest End()
    {
        Directory.Delete(Folder, recursive: true);
        return _manifest;
    }

    private static async Task<bool> TryCopyAsync(string from, string to, BackupFile expected, CancellationToken cancellationToken)
    {
        if (await SafeFile.IsWholeAsync(to, expected, cancellationToken))
        {
            return true;
        }

        if (!File.Exists(from))
        {
            return false;
        }

        await SafeFile.CopyAsync(from, to, cancellationToken);
        if (await SafeFile.IsWholeAsync(to, expected, cancellationToken))
        {
            return true;
        }

        File.Delete(to);
        return false;
    }

    private async Task MarkAsync(string file, string? database, CancellationToken cancellationToken)
    {
        var mark = Path.Combine(Folder, "backup.json");
        var content = await File.ReadAllBytesAsync(file, cancellationToken);
        if (File.Exists(mark))
        {
            var begun = await File.ReadAllBytesAsync(mark, cancellationToken);
            if (!content.AsSpan().SequenceEqual(begun))
            {
                throw new StorageException($"Another backup is being restored into {Path.GetFullPath(Path.GetDirectoryName(_pictures)!)}. Name that one with --at, or empty the data directory to begin again.");
            }

            return;
        }

        // A log that is left of another database would be taken for this one's.
        string[] places = database is null ? [_pictures] : [database, $"{database}-wal", _pictures];
        if (places.FirstOrDefault(Path.Exists) is { } existing)
        {
            throw new StorageException($"There is something already: {Path.GetFullPath(existing)}. A backup is restored into an empty place only: move it away, or set DataDirectory to another folder.");
        }

        await SafeFile.WriteAsync(mark, content, cancellationToken);
    }
}
