using Microsoft.Extensions.Logging;

namespace Personalization.Storage;

/// <summary>Makes folders and files of the storage for the program's own user alone.</summary>
internal static partial class DataFolder
{
    /// <summary>Creates the data directory, or closes the one there is to others.</summary>
    /// <exception cref="StorageException">It cannot be made.</exception>
    public static void Prepare(string folder, ILogger logger)
    {
        Make(folder, nameof(StorageOptions.DataDirectory));
        if (TryTighten(folder, PrivateFiles.TightenFolder, logger))
        {
            LogTightened(logger, Path.GetFullPath(folder));
        }
    }

    /// <summary>Creates a folder unless there is one.</summary>
    /// <param name="key">The setting that names it.</param>
    /// <exception cref="StorageException">It cannot be made.</exception>
    public static void Make(string folder, string key)
    {
        try
        {
            PrivateFiles.CreateFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder {Path.GetFullPath(folder)} cannot be made: {exception.Message} Set {key} to one that this user may write to.", exception);
        }
    }

    /// <summary>Takes the rights of others away. What belongs to another user stays as it is: its rights are that user's to decide.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool TryTighten(string path, Func<string, bool> tighten, ILogger logger)
    {
        try
        {
            return tighten(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogOpen(logger, path, exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine could read {Folder}; from now on only the bot's own user can")]
    private static partial void LogTightened(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other users of this machine may read {Path}, and that cannot be changed: {Reason}")]
    private static partial void LogOpen(ILogger logger, string path, string reason);
}
