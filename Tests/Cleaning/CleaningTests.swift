import Cleaning
import Testing
