namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>A method of predicting votes.</summary>
internal enum Method
{
    Model = 0,
    CommunityMean = 1,
    PersonalLogistic = 2,
    BradleyTerry = 3,
    TagCounting = 4,
}
