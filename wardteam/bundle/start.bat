@echo off
rem Starts wardteam on a computer without a network; README.txt beside this file says more.
rem Without arguments it shows the web pages; with arguments it runs that command: start.bat demo
setlocal
set "here=%~dp0"
set "place=%here%.venv"

if not exist "%place%\Scripts\python.exe" (
    py -3.11 -m venv "%place%" || goto nopython
)
if not exist "%place%\installed" (
    echo First start: installing from this folder...
    "%place%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%here%wheels-windows" --force-reinstall wardteam || goto failed
    type nul > "%place%\installed"
)

if not defined WARDTEAM_FOLDER set "WARDTEAM_FOLDER=%here%wardteam-data"
if not "%~1"=="" (
    "%place%\Scripts\python.exe" -m wardteam %*
    goto end
)
if not exist "%WARDTEAM_FOLDER%" (
    "%place%\Scripts\python.exe" -m wardteam init || goto failed
)
"%place%\Scripts\python.exe" -m wardteam serve
goto end

:nopython
echo Python 3.11 (64-bit) is needed and was not found. README.txt says more.
:failed
pause
exit /b 1

:end
endlocal
