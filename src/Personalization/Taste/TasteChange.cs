namespace Personalization.Taste;

/// <summary>How the knowledge of a trait changed; the most important first.</summary>
public enum TasteChange
{
    /// <summary>It was not sure, or the opposite was, and now is.</summary>
    BecameSure,

    /// <summary>It was sure and is clearly not any more.</summary>
    BecameUnsure,

    /// <summary>It was sure without being nearly certain, and the probability that it is wrong has halved.</summary>
    BecameSurer,
}
