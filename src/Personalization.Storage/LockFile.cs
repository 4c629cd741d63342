namespace Personalization.Storage;

/// <summary>A file that one process at a time can hold. The system lets go of it when the process ends, however it ends.</summary>
public static class LockFile
{
    /// <summary>Takes the file; dispose of the stream to let go of it.</summary>
    /// <param name="question">The likely reason when another process holds it, as a question for the message.</param>
    /// <exception cref="StorageInUseException">Another process holds it.</exception>
    /// <exception cref="StorageException">This user may not write it, or the disk is full.</exception>
    public static FileStream Take(string path, string question)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException && !IsHeld(exception))
        {
            throw new StorageException($"{path} cannot be written: {exception.Message} Give this user the right to write to the folder, or set DataDirectory to another one.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageInUseException($"{path} cannot be taken: {exception.Message} {question}", exception);
        }
    }

    // EWOULDBLOCK: 11 on Linux, 35 on macOS; or Windows' sharing or lock violation, 32 and 33.
    private static bool IsHeld(Exception exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
