namespace Personalization.Storage.Backup;

/// <summary>A file of a backup.</summary>
/// <param name="Name">The file of the database, or the key of a picture, which is at <c>pictures/ab/abcd....png</c>.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Of its content, as lower-case hexadecimal digits.</param>
public sealed record BackupFile(string Name, long Length, string Sha256);
