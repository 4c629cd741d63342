namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>Which of the programs that share the interface the server is: they differ in how they accept style references.</summary>
internal enum WebUiFlavor
{
    /// <summary>Detected from what the server offers.</summary>
    Auto,

    /// <summary>AUTOMATIC1111: references through the ControlNet extension.</summary>
    Automatic1111,

    /// <summary>Forge: the same script with different modules.</summary>
    Forge,

    /// <summary>SD.Next: a separate field.</summary>
    SdNext,
}
