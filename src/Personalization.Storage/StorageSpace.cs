using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Personalization.Storage;

/// <summary>Whether the storage is full, as the last writes have shown. The operator is told once when that begins, and once when it ends.</summary>
public sealed partial class StorageSpace(IOptions<StorageOptions> options, IEnumerable<IDatabaseProvider> providers, ILogger<StorageSpace> logger)
{
    // Enough for the database to grow and a picture to be saved.
    private const int Room = 4 * 1024 * 1024;

    // ENOSPC and EDQUOT of Unix, as .NET gives them; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows.
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private readonly Lock _lock = new();
    private int _lastProbe;
    private volatile Part _full;

    /// <summary>What can be full by itself: each may be on a disk of its own.</summary>
    [Flags]
    internal enum Part
    {
        None = 0,
        Database = 1,
        Pictures = 2,
    }

    /// <summary>Whether a write failed for want of space and none has succeeded since.</summary>
    public bool IsFull => _full != Part.None;

    /// <summary>Checks that there is room before something is accepted or begun that is stored later. Costs nothing unless the storage is known to be full.</summary>
    /// <exception cref="StorageFullException">There is none.</exception>
    public void Require()
    {
        if (IsFull && !HasRoom())
        {
            throw new StorageFullException("The storage is full.");
        }
    }

    /// <summary>Whether a file could not be written for want of space.</summary>
    internal static bool IsNoSpace(Exception exception) => exception is IOException && NoSpace.Contains(exception.HResult);

    /// <summary>Records that a write failed for want of space.</summary>
    /// <returns>The exception to throw.</returns>
    internal StorageFullException Full(Part part, Exception exception)
    {
        lock (_lock)
        {
            var wasFull = IsFull;
            _full |= part;
            if (!wasFull)
            {
                LogFull(DiskOf(part), exception.GetBaseException().Message);
            }
        }

        return new($"The storage is full: {exception.Message}", exception);
    }

    /// <summary>Records that a write succeeded. It may have been too small to need space, so that room is looked for, too.</summary>
    internal void Written(Part part)
    {
        if ((_full & part) == Part.None)
        {
            return;
        }

        lock (_lock)
        {
            if ((_full & part) == Part.None || !HasRoom())
            {
                return;
            }

            _full &= ~part;
            if (!IsFull)
            {
                LogHasSpace();
            }
        }
    }

    private string DiskOf(Part part) => part == Part.Database && DatabaseProviders.Find(providers, options.Value.Provider) is { } provider
        ? provider.DiskOf(options.Value)
        : Path.GetFullPath(options.Value.DataDirectory);

    private bool HasRoom()
    {
        var probe = Path.Combine(options.Value.DataDirectory, $"space-{Interlocked.Increment(ref _lastProbe)}.tmp");
        try
        {
            File.WriteAllBytes(probe, new byte[Room]);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(probe);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The storage is full: make space on the disk of {Place}. Until then no vote, like or prompt is accepted, and people are told so; the bot needs no restart. {Reason}")]
    private partial void LogFull(string place, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The storage has space again; everything is accepted as before")]
    private partial void LogHasSpace();
}
