namespace Personalization;

/// <summary>Nothing more can be stored, since there is no space left. What was asked for is not accepted; it can be asked for again later.</summary>
public sealed class StorageFullException(string message, Exception? innerException = null) : IOException(message, innerException);
