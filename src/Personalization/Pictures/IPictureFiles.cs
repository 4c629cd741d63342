namespace Personalization.Pictures;

/// <summary>The bytes of pictures, by content: equal bytes have one key.</summary>
public interface IPictureFiles
{
    /// <summary>Stores the bytes so that they survive a crash, and gives their key. Storing again changes nothing.</summary>
    /// <param name="content">An encoded picture.</param>
    /// <param name="extension">Without the dot: <c>png</c> or <c>webp</c>.</param>
    Task<string> SaveAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken);

    /// <summary>The bytes under a key that <see cref="SaveAsync"/> gave.</summary>
    /// <exception cref="FileNotFoundException">Nothing is stored under this key.</exception>
    Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes the bytes under a key, if there are any.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
