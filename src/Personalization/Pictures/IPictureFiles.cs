namespace Personalization.Pictures;

/// <summary>The bytes of pictures, by content: equal bytes have one key.</summary>
public interface IPictureFiles
{
    /// <summary>Stores the bytes so that they survive a crash, and gives their key. Storing again changes nothing.</summary>
    /// <param name="content">An encoded picture.</param>
    /// <param name="extension">Without the dot: <c>png</c> or <c>webp</c>.</param>
    Task<string> SaveAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken);

    /// <summary>The bytes under a key that <see cref="SaveAsync"/> gave, exactly as they were saved.</summary>
    /// <exception cref="FileNotFoundException">Nothing is stored under this key, or what is stored there is damaged.</exception>
    Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Whether the bytes under a key were missing or damaged when they were last read since the start of the program.</summary>
    bool IsLost(string key);

    /// <summary>Stores a small form of a picture beside it; storing again replaces it.</summary>
    /// <param name="side">What it was made for, in pixels.</param>
    Task SaveSmallAsync(string key, int side, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The small form of a picture; null where there is none, or a damaged one.</summary>
    /// <param name="side">What it was made for, in pixels.</param>
    Task<byte[]?> ReadSmallAsync(string key, int side, CancellationToken cancellationToken);

    /// <summary>Whether a small form is stored.</summary>
    /// <param name="side">What it was made for, in pixels.</param>
    bool HasSmall(string key, int side);

    /// <summary>Deletes the bytes under a key and their small forms, if there are any.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
