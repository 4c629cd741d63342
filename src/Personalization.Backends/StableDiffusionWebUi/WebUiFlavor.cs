namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>Which of the programs that share the interface it is: they differ in how a style reference is given.</summary>
internal enum WebUiFlavor
{
    /// <summary>Found out by asking.</summary>
    Auto,

    /// <summary>AUTOMATIC1111: references through the ControlNet extension.</summary>
    Automatic1111,

    /// <summary>Forge: the same script with modules of its own.</summary>
    Forge,

    /// <summary>SD.Next: a field of its own.</summary>
    SdNext,
}
