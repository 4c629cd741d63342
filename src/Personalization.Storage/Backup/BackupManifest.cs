using System.Globalization;
using System.Text.Json;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Backup;

/// <summary>What a backup consists of. It is written last: a backup without one is not whole.</summary>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="Missing">Keys of pictures that were missing or damaged where it was made.</param>
public sealed record BackupManifest(int Format, string Program, DateTimeOffset MadeAt, BackupFile Database, IReadOnlyList<BackupFile> Pictures, IReadOnlyList<string> Missing)
{
    internal const int KnownFormat = 1;
    internal const string Extension = ".json";

    private const string TimeFormat = "yyyyMMdd-HHmmss-fff";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>The manifests in a folder, the newest first: their names are their time. Other files are none of ours.</summary>
    internal static IReadOnlyList<string> FilesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, $"*{Extension}").Where(IsOfBackup).OrderByDescending(Path.GetFileName, StringComparer.Ordinal)]
        : [];

    /// <summary>The name of a backup that was made at a time.</summary>
    internal static string NameOf(DateTimeOffset madeAt) => madeAt.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Whether a file is the database or the manifest of a backup, by its name.</summary>
    internal static bool IsOfBackup(string file) =>
        DateTime.TryParseExact(Path.GetFileName(file).Split('.')[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <exception cref="StorageException">It is damaged, or of a later version.</exception>
    internal static async Task<BackupManifest> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(file, cancellationToken), Json)!;
            if (manifest.Format > KnownFormat)
            {
                throw new StorageException($"{file} was made by a later version of the program, {manifest.Program}, and this is {ProgramVersion.Current}: restore it with that version.");
            }

            if (manifest.Database.Name == Path.GetFileName(manifest.Database.Name) && manifest.Pictures.All(picture => PictureFiles.IsKey(picture.Name)))
            {
                return manifest;
            }
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException)
        {
            throw new StorageException($"{file} is damaged: {exception.Message} Restore an earlier backup with --at.", exception);
        }

        throw new StorageException($"{file} is damaged: it names a file that no backup has. Restore an earlier backup with --at.");
    }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
