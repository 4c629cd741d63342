namespace Personalization.Storage;

/// <summary>Another process has the storage, and has made it ready. The message tells the operator which file says so.</summary>
public sealed class StorageInUseException(string message, Exception? innerException = null) : StorageException(message, innerException);
