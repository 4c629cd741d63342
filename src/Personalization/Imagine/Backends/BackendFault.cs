namespace Personalization.Imagine.Backends;

/// <summary>What can be done about a backend that could not paint.</summary>
public enum BackendFault
{
    /// <summary>It does not answer, or says that it is overloaded: another backend, or later.</summary>
    Unavailable,

    /// <summary>It refuses until its operator changes something: a missing model, a wrong key, a spent quota.</summary>
    Misconfigured,

    /// <summary>It forgot the job, as after a restart: ask again, with the same seed.</summary>
    Lost,

    /// <summary>It tried and failed, or answered what nobody can use.</summary>
    Failed,
}
