namespace Personalization.Storage.Retention;

/// <summary>A picture's files.</summary>
/// <param name="Key">As in a picture's row.</param>
/// <param name="Bytes">Of its small forms, too.</param>
/// <param name="UsedAt">When it was last saved or read.</param>
internal sealed record StoredPicture(string Key, long Bytes, DateTimeOffset UsedAt);
