namespace Personalization.Storage;

/// <summary>The storage cannot be used. The message is for the operator: what is wrong with which file, and what to do.</summary>
public class StorageException(string message, Exception? innerException = null) : Exception(message, innerException);
